package dev.winnow.ppo.reward;

import dev.winnow.ppo.reward.connection.Connection;
import dev.winnow.ppo.reward.connection.ServiceChannel;
import dev.winnow.v1.AdminServiceGrpc;
import dev.winnow.v1.AdminServiceGrpc.AdminServiceBlockingStub;
import dev.winnow.v1.BundleStatus;
import dev.winnow.v1.ListBundlesRequest;
import dev.winnow.v1.ListRewardsRequest;
import dev.winnow.v1.ListRewardsResponse;
import dev.winnow.v1.LoadBundleRequest;
import dev.winnow.v1.RewardServiceGrpc;
import dev.winnow.v1.UnloadBundleRequest;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.List;

/**
 * A client of one reward service, to see and change what it serves, ready or not. Where the target has several
 * addresses, the first that answers is used. Nothing is tried again. Thread-safe.
 *
 * <p>Every call throws {@link StatusRuntimeException} where the service refuses it or does not answer in time.
 */
public final class AdminClient implements AutoCloseable {
    private final ServiceChannel service;
    private final Duration timeout;

    private AdminClient(ServiceChannel service, Duration timeout) {
        this.service = service;
        this.timeout = timeout;
    }

    /**
     * Returns a client; it connects with its first call.
     *
     * @param connection its timeout is for the proof of a bundle too
     * @throws IllegalArgumentException where a file of TLS is not what it should be
     */
    public static AdminClient connect(Connection connection) {
        return new AdminClient(ServiceChannel.direct(connection), connection.timeout());
    }

    /** Returns what the service can compute. */
    public ListRewardsResponse listRewards() {
        return RewardServiceGrpc.newBlockingStub(service.channel())
                .withDeadlineAfter(timeout)
                .listRewards(ListRewardsRequest.getDefaultInstance());
    }

    /** Returns what has become of every version in the service's bundles folder. */
    public List<BundleStatus> list() {
        return admin().listBundles(ListBundlesRequest.getDefaultInstance()).getBundlesList();
    }

    /** Has a version of the folder loaded and proven; returns what became of it, which may be a refusal. */
    public BundleStatus load(String name, String version) {
        return admin().loadBundle(LoadBundleRequest.newBuilder()
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
        return admin().unloadBundle(UnloadBundleRequest.newBuilder()
                        .setName(name)
                        .setVersion(version)
                        .setForce(force)
                        .build())
                .getBundle();
    }

    @Override
    public void close() {
        service.close(Duration.ZERO);
    }

    private AdminServiceBlockingStub admin() {
        return AdminServiceGrpc.newBlockingStub(service.channel()).withDeadlineAfter(timeout);
    }
}
