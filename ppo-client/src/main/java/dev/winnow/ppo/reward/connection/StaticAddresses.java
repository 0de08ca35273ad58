package dev.winnow.ppo.reward.connection;

import com.google.common.net.HostAndPort;
import com.google.common.net.UrlEscapers;
import io.grpc.Attributes;
import io.grpc.EquivalentAddressGroup;
import io.grpc.NameResolver;
import io.grpc.NameResolver.Listener2;
import io.grpc.NameResolver.ResolutionResult;
import io.grpc.NameResolverProvider;
import io.grpc.NameResolverRegistry;
import io.grpc.Status;
import io.grpc.StatusOr;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Resolves {@code winnow:///HOST:PORT,HOST:PORT,...} to all addresses of all hosts. Each host must prove to be itself,
 * not the first one. A host that is unknown is left out while others are known.
 */
final class StaticAddresses extends NameResolverProvider {
    private static final String SCHEME = "winnow";

    static {
        NameResolverRegistry.getDefaultRegistry().register(new StaticAddresses());
    }

    static String target(List<HostAndPort> hosts) {
        return SCHEME + ":///" + path(hosts);
    }

    /** Returns hosts as a URI's path may hold them, in which the brackets of an IPv6 address are escaped. */
    static String path(List<HostAndPort> hosts) {
        return hosts.stream()
                .map(HostAndPort::toString)
                .map(UrlEscapers.urlPathSegmentEscaper()::escape)
                .collect(Collectors.joining(","));
    }

    @Override
    public @Nullable NameResolver newNameResolver(URI target, NameResolver.Args arguments) {
        if (!SCHEME.equals(target.getScheme())) {
            return null;
        }
        List<HostAndPort> hosts = Arrays.stream(target.getPath().substring(1).split(","))
                .map(HostAndPort::fromString)
                .toList();
        return new Resolver(hosts, arguments.getOffloadExecutor());
    }

    @Override
    public String getDefaultScheme() {
        return SCHEME;
    }

    @Override
    protected boolean isAvailable() {
        return true;
    }

    @Override
    protected int priority() {
        return 1; // below the resolver of DNS, whose scheme stays the one of targets without any
    }

    private static final class Resolver extends NameResolver {
        private final List<HostAndPort> hosts;
        private final @Nullable Executor lookups;

        @SuppressWarnings("NullAway.Init") // set when the channel starts it
        private Listener2 listener;

        Resolver(List<HostAndPort> hosts, @Nullable Executor lookups) {
            this.hosts = hosts;
            this.lookups = lookups;
        }

        @Override
        public String getServiceAuthority() {
            return hosts.getFirst().toString();
        }

        @Override
        public void start(Listener2 listener) {
            this.listener = listener;
            refresh();
        }

        @Override
        public void refresh() {
            if (lookups == null) {
                resolve();
            } else {
                lookups.execute(this::resolve);
            }
        }

        private void resolve() {
            List<EquivalentAddressGroup> addresses = new ArrayList<>();
            List<String> unknown = new ArrayList<>();
            for (HostAndPort host : hosts) {
                try {
                    lookUp(host).forEach(addresses::add);
                } catch (UnknownHostException e) {
                    unknown.add(host.getHost());
                }
            }
            listener.onResult(ResolutionResult.newBuilder()
                    .setAddressesOrError(
                            addresses.isEmpty()
                                    ? StatusOr.fromStatus(
                                            Status.UNAVAILABLE.withDescription("unknown hosts: " + unknown))
                                    : StatusOr.fromValue(addresses))
                    .build());
        }

        private static Stream<EquivalentAddressGroup> lookUp(HostAndPort host) throws UnknownHostException {
            Attributes proof = Attributes.newBuilder()
                    .set(EquivalentAddressGroup.ATTR_AUTHORITY_OVERRIDE, host.toString())
                    .build();
            return Arrays.stream(InetAddress.getAllByName(host.getHost()))
                    .map(address -> new EquivalentAddressGroup(new InetSocketAddress(address, host.getPort()), proof));
        }

        @Override
        public void shutdown() {}
    }
}
