package dev.winnow.ppo.reward.connection;

import com.google.common.net.HostAndPort;
import io.grpc.ChannelCredentials;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.netty.NettyChannelBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** The connections to a service. Thread-safe. */
public final class ServiceChannel {
    /** Long vectors for a large batch; more than any sensible answer and less than would endanger the heap. */
    private static final int MAXIMUM_ANSWER_BYTES = 256 << 20;

    /**
     * A connection that is dead without having been closed is found within the sum of both. The service allows a ping
     * every ten seconds; one that allows fewer closes the connection, after which gRPC pings half as often.
     */
    private static final long SECONDS_BETWEEN_PINGS = 30;

    private static final long SECONDS_TO_ANSWER_A_PING = 20;

    private static final long NANOS_BETWEEN_RECONNECTS = TimeUnit.SECONDS.toNanos(1);

    /** The empty name is the service as a whole: not ready before its bundles are proven, nor from when it drains. */
    private static final Map<String, ?> HEALTHY_ONLY = Map.of("healthCheckConfig", Map.of("serviceName", ""));

    private final ManagedChannel channel;
    private final AtomicLong lastReconnect = new AtomicLong(System.nanoTime() - NANOS_BETWEEN_RECONNECTS);

    private ServiceChannel(ManagedChannel channel) {
        this.channel = channel;
    }

    /**
     * Returns connections to all addresses, which connect with the first call. Calls go to them by turns, but to none
     * that says that it is not ready.
     *
     * @throws IllegalArgumentException where a file of TLS is not what it should be
     */
    public static ServiceChannel balanced(Connection connection) {
        return new ServiceChannel(builder(connection)
                .defaultLoadBalancingPolicy("round_robin")
                .defaultServiceConfig(HEALTHY_ONLY)
                .build());
    }

    /**
     * Returns a connection to the first address that answers, whether it is ready or not.
     *
     * @throws IllegalArgumentException where a file of TLS is not what it should be
     */
    public static ServiceChannel direct(Connection connection) {
        return new ServiceChannel(builder(connection).build());
    }

    private static ManagedChannelBuilder<?> builder(Connection connection) {
        List<HostAndPort> hosts = connection.addresses();
        String target = hosts.size() == 1 ? "dns:///" + StaticAddresses.path(hosts) : StaticAddresses.target(hosts);
        Tls tls = connection.tls();
        ChannelCredentials credentials = tls == null ? InsecureChannelCredentials.create() : tls.credentials();
        ManagedChannelBuilder<?> builder = NettyChannelBuilder.forTarget(target, credentials)
                .disableServiceConfigLookUp()
                .intercept(new DroppedCalls())
                .keepAliveTime(SECONDS_BETWEEN_PINGS, TimeUnit.SECONDS)
                .keepAliveTimeout(SECONDS_TO_ANSWER_A_PING, TimeUnit.SECONDS)
                .maxInboundMessageSize(MAXIMUM_ANSWER_BYTES);
        if (tls != null && tls.authority() != null) {
            builder.overrideAuthority(tls.authority());
        }
        return builder;
    }

    public ManagedChannel channel() {
        return channel;
    }

    /**
     * Looks addresses up again and connects at once to those that gRPC would leave alone for up to two minutes; at most
     * once a second.
     */
    public void reconnect() {
        long last = lastReconnect.get();
        long now = System.nanoTime();
        if (now - last >= NANOS_BETWEEN_RECONNECTS && lastReconnect.compareAndSet(last, now)) {
            channel.resetConnectBackoff();
        }
    }

    /** Ends the connections; what is still under way after so long is given up. */
    public void close(Duration goodbye) {
        channel.shutdown();
        try {
            channel.awaitTermination(goodbye.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        channel.shutdownNow();
    }
}
