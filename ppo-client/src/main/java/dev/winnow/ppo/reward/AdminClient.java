package dev.winnow.ppo.reward;

import dev.winnow.v1.AdminServiceGrpc;
import dev.winnow.v1.AdminServiceGrpc.AdminServiceBlockingStub;
import dev.winnow.v1.BundleStatus;
import dev.winnow.v1.ListBundlesRequest;
import dev.winnow.v1.LoadBundleRequest;
import dev.winnow.v1.UnloadBundleRequest;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A connection to one reward service, in plain text, to see and change which bundles it serves. Where the host has
 * several addresses, the first that answers is used. Nothing is tried again. Thread-safe.
 *
 * <p>Every call throws {@link StatusRuntimeException} where the service refuses it or does not answer in time.
 */
public final class AdminClient implements AutoCloseable {
    private final ManagedChannel channel;
    private final Duration timeout;

    private AdminClient(ManagedChannel channel, Duration timeout) {
        this.channel = channel;
        this.timeout = timeout;
    }

    /**
     * Returns a client; it connects with its first call.
     *
     * @param target {@code HOST:PORT}
     * @param timeout how long each call may take, the proof of a bundle included
     * @throws IllegalArgumentException where the target is not {@code HOST:PORT}
     */
    public static AdminClient connect(String target, Duration timeout) {
        ManagedChannel channel = Grpc.newChannelBuilder(
                        "dns:///" + RewardClient.hostAndPort(target), InsecureChannelCredentials.create())
                .disableServiceConfigLookUp()
                .build();
        return new AdminClient(channel, timeout);
    }

    /** Returns what has become of every version in the service's bundles folder. */
    public List<BundleStatus> list() {
        return service().listBundles(ListBundlesRequest.getDefaultInstance()).getBundlesList();
    }

    /** Has a version of the folder loaded and proven; returns what became of it, which may be a refusal. */
    public BundleStatus load(String name, String version) {
        return service()
                .loadBundle(LoadBundleRequest.newBuilder()
                        .setName(name)
                        .setVersion(version)
                        .build())
                .getBundle();
    }

    /**
     * Has a version taken out of service.
     *
     * @param force whether it may be the last one of what the service must have
     */
    public BundleStatus unload(String name, String version, boolean force) {
        return service()
                .unloadBundle(UnloadBundleRequest.newBuilder()
                        .setName(name)
                        .setVersion(version)
                        .setForce(force)
                        .build())
                .getBundle();
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }

    private AdminServiceBlockingStub service() {
        return AdminServiceGrpc.newBlockingStub(channel).withDeadlineAfter(timeout.toNanos(), TimeUnit.NANOSECONDS);
    }
}
