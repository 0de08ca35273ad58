package dev.winnow.ppo.reward;

import dev.winnow.ppo.reward.connection.Connection;
import dev.winnow.ppo.reward.connection.ServiceChannel;
import dev.winnow.ppo.reward.retry.Retries;
import dev.winnow.ppo.reward.retry.RetryStatistics;
import dev.winnow.v1.ListRewardsRequest;
import dev.winnow.v1.ListRewardsResponse;
import dev.winnow.v1.RewardRequest;
import dev.winnow.v1.RewardServiceGrpc;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A client of a reward service, spread over all its replicas. Thread-safe.
 *
 * <p>What fails because no server answers ({@code UNAVAILABLE}), because one does not answer in time, or because one is
 * too busy and says until when, is tried again as long as the connection's patience lasts. Whatever else fails, fails.
 */
public final class RewardClient implements AutoCloseable {
    /**
     * A stream stays with one replica. Short ones spread samples evenly over replicas, those that have come meanwhile
     * included.
     */
    private static final int SAMPLES_A_STREAM = 8;

    private static final Duration GOODBYE = Duration.ofSeconds(5);

    private final ServiceChannel service;
    private final Duration timeout;
    private final Retries retries;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    private RewardClient(ServiceChannel service, Connection connection) {
        this.service = service;
        this.timeout = connection.timeout();
        this.retries = Retries.within(connection.patience(), service::reconnect);
    }

    /**
     * Returns a client; it connects with its first call.
     *
     * @throws IllegalArgumentException where a file of TLS is not what it should be
     */
    public static RewardClient connect(Connection connection) {
        return new RewardClient(ServiceChannel.balanced(connection), connection);
    }

    /**
     * Asks what the server can compute. Nothing is tried again: a person may be waiting.
     *
     * @throws StatusRuntimeException where it does not answer
     */
    public ListRewardsResponse listRewards() {
        return RewardServiceGrpc.newBlockingStub(service.channel())
                .withDeadlineAfter(timeout)
                .listRewards(ListRewardsRequest.getDefaultInstance());
    }

    /** Asks the same as long as the patience lasts. */
    ListRewardsResponse awaitRewards() {
        try {
            return retries.run(this::listRewards);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted while waiting for the reward service");
        }
    }

    /** Returns a scorer that sends batches. */
    public Scorer batches(List<RewardRequest> rewards, Limits limits) {
        return new BatchScorer(
                request -> RewardServiceGrpc.newBlockingStub(service.channel())
                        .withDeadlineAfter(timeout)
                        .score(request),
                rewards,
                limits,
                retries,
                threads);
    }

    /** Returns a scorer that sends samples over streams. */
    public Scorer stream(List<RewardRequest> rewards, Limits limits) {
        return stream(rewards, limits, SAMPLES_A_STREAM, retries);
    }

    /** Returns the same for versions that some replica has; one that is being replaced may not have them any more, or yet. */
    Scorer pinnedStream(List<RewardRequest> rewards, Limits limits) {
        return stream(rewards, limits, SAMPLES_A_STREAM, retries.whereNotFoundPasses());
    }

    Scorer stream(List<RewardRequest> rewards, Limits limits, int samplesAStream) {
        return stream(rewards, limits, samplesAStream, retries);
    }

    private Scorer stream(List<RewardRequest> rewards, Limits limits, int samplesAStream, Retries retries) {
        return new StreamScorer(
                RewardServiceGrpc.newStub(service.channel()),
                rewards,
                limits,
                samplesAStream,
                timeout,
                retries,
                threads);
    }

    /** Returns what answers have taken so far. */
    public RetryStatistics statistics() {
        return retries.statistics();
    }

    /** Lets what fails from now on not be tried again. */
    public void endRetries() {
        retries.end();
    }

    /** Ends the connection; what is still under way after five seconds is given up. */
    @Override
    public void close() {
        threads.shutdownNow();
        service.close(GOODBYE);
    }
}
