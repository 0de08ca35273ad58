package dev.winnow.loadtest.load;

import io.grpc.EquivalentAddressGroup;
import io.grpc.NameResolver;
import io.grpc.NameResolverProvider;
import io.grpc.StatusOr;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Resolves {@code static:///HOST:PORT,HOST:PORT,...} to all of these addresses. */
final class StaticAddresses extends NameResolverProvider {
    private static final String SCHEME = "static";

    static String target(List<String> addresses) {
        return SCHEME + ":///" + String.join(",", addresses);
    }

    @Override
    public @Nullable NameResolver newNameResolver(URI target, NameResolver.Args arguments) {
        if (!SCHEME.equals(target.getScheme())) {
            return null;
        }
        List<EquivalentAddressGroup> addresses = Arrays.stream(
                        target.getPath().substring(1).split(","))
                .map(StaticAddresses::address)
                .toList();
        return new NameResolver() {
            @Override
            public String getServiceAuthority() {
                return SCHEME;
            }

            @Override
            public void start(Listener2 listener) {
                listener.onResult(ResolutionResult.newBuilder()
                        .setAddressesOrError(StatusOr.fromValue(addresses))
                        .build());
            }

            @Override
            public void shutdown() {}
        };
    }

    private static EquivalentAddressGroup address(String hostAndPort) {
        int colon = hostAndPort.lastIndexOf(':');
        int port = Integer.parseInt(hostAndPort.substring(colon + 1));
        return new EquivalentAddressGroup(new InetSocketAddress(hostAndPort.substring(0, colon), port));
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
        // Below the resolver of DNS, whose scheme stays the one of targets without any.
        return 1;
    }
}
