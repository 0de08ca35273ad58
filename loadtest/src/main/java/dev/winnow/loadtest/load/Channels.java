package dev.winnow.loadtest.load;

import io.grpc.Attributes;
import io.grpc.ManagedChannel;
import io.grpc.NameResolverRegistry;
import io.grpc.netty.NettyChannelBuilder;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;

/** Connections in plain text. Answers are handled in the threads that read them: a small process must do. */
public final class Channels {
    /** Long vectors for a large batch. */
    private static final int MAXIMUM_ANSWER_BYTES = 256 << 20;

    private Channels() {}

    /** To one service, {@code HOST:PORT}. */
    public static ManagedChannel to(String target) {
        return with(NettyChannelBuilder.forTarget(target));
    }

    /** To one service from an address of this machine, by which the service tells callers without names apart. */
    public static ManagedChannel from(String localAddress, String target) {
        return with(
                NettyChannelBuilder.forTarget(target).localSocketPicker(new NettyChannelBuilder.LocalSocketPicker() {
                    @Override
                    public InetSocketAddress createSocketAddress(SocketAddress remote, Attributes attributes) {
                        return new InetSocketAddress(localAddress, 0);
                    }
                }));
    }

    /** To several, in turn. One that is gone is left out until it is back. */
    public static ManagedChannel balanced(List<String> targets) {
        NameResolverRegistry.getDefaultRegistry().register(new StaticAddresses());
        return with(NettyChannelBuilder.forTarget(StaticAddresses.target(targets))
                .defaultLoadBalancingPolicy("round_robin"));
    }

    private static ManagedChannel with(NettyChannelBuilder channel) {
        return channel.usePlaintext()
                .directExecutor()
                .disableRetry()
                .maxInboundMessageSize(MAXIMUM_ANSWER_BYTES)
                .build();
    }
}
