package dev.winnow.loadtest.load;

import dev.winnow.v1.ListRewardsRequest;
import dev.winnow.v1.ListRewardsResponse;
import dev.winnow.v1.RewardRequest;
import dev.winnow.v1.RewardServiceGrpc;
import dev.winnow.v1.Sample;
import dev.winnow.v1.ScoreRequest;
import dev.winnow.v1.ScoreResponse;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A caller of the service. No call is ever sent again by itself. Thread-safe. */
public final class Client implements AutoCloseable {
    private final ManagedChannel channel;
    private final Duration timeout;

    /**
     * Creates a caller.
     *
     * @param channel ends with the caller
     * @param timeout the deadline of each call
     */
    public Client(ManagedChannel channel, Duration timeout) {
        this.channel = channel;
        this.timeout = timeout;
    }

    /** Lists the rewards. */
    public ListRewardsResponse listRewards() {
        return RewardServiceGrpc.newBlockingStub(channel)
                .withDeadlineAfter(timeout)
                .listRewards(ListRewardsRequest.getDefaultInstance());
    }

    /** Makes the request for these samples. */
    public static ScoreRequest request(List<Sample> samples, List<RewardRequest> rewards) {
        return ScoreRequest.newBuilder()
                .addAllSamples(samples)
                .addAllRewards(rewards)
                .build();
    }

    /** Scores a batch. The future is completed in a thread of the channel, and never exceptionally. */
    public CompletableFuture<Answer> score(ScoreRequest request) {
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        RewardServiceGrpc.newStub(channel)
                .withDeadlineAfter(timeout.toNanos(), TimeUnit.NANOSECONDS)
                .score(request, new StreamObserver<>() {
                    @Override
                    public void onNext(ScoreResponse response) {
                        answer.complete(Answer.of(response.getResultsList()));
                    }

                    @Override
                    public void onError(Throwable failure) {
                        answer.complete(Answer.of(failure));
                    }

                    @Override
                    public void onCompleted() {}
                });
        return answer;
    }

    /** Scores a batch while this thread waits for it, as it does for an empty call. Throws nothing where the call fails. */
    public Answer scoreAndWait(ScoreRequest request) {
        try {
            return Answer.of(RewardServiceGrpc.newBlockingStub(channel)
                    .withDeadlineAfter(timeout)
                    .score(request)
                    .getResultsList());
        } catch (StatusRuntimeException failure) {
            return Answer.of(failure);
        }
    }

    /** A stub for streams. */
    public RewardServiceGrpc.RewardServiceStub streams() {
        return RewardServiceGrpc.newStub(channel);
    }

    /** Makes a call that does no work, {@code grpc.health.v1.Health/Check}, and returns how long it took in nanoseconds. */
    public long echoNanos() {
        HealthGrpc.HealthBlockingStub health =
                HealthGrpc.newBlockingStub(channel).withDeadlineAfter(timeout);
        long start = System.nanoTime();
        health.check(HealthCheckRequest.getDefaultInstance());
        return System.nanoTime() - start;
    }

    /** Ends the connection and gives up what is under way. */
    @Override
    public void close() {
        channel.shutdownNow();
    }
}
