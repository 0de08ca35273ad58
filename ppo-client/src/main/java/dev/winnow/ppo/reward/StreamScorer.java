package dev.winnow.ppo.reward;

import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeExecutor;
import dev.winnow.v1.RewardRequest;
import dev.winnow.v1.RewardServiceGrpc.RewardServiceStub;
import dev.winnow.v1.Sample;
import dev.winnow.v1.SampleResult;
import dev.winnow.v1.ScoreStreamConfig;
import dev.winnow.v1.ScoreStreamRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Scores over one {@code ScoreStream} after another: a stream that breaks is followed by a new one, on which the
 * unanswered samples are sent again. On the wire samples have ids of their own, so the caller's may be missing or
 * repeated. Thread-safe.
 */
final class StreamScorer implements Scorer {
    private final RewardServiceStub stub;
    private final ScoreStreamConfig config;
    private final Limits limits;
    private final Duration timeout;
    private final FailsafeExecutor<SampleResult> tries;
    private final AtomicLong samplesSent = new AtomicLong();
    private @Nullable SampleStream stream;

    /**
     * Creates a scorer; the first sample opens the stream.
     *
     * @param timeout of each try of each sample
     * @param threads one for each sample in flight; stays the caller's
     */
    StreamScorer(
            RewardServiceStub stub,
            List<RewardRequest> rewards,
            Limits limits,
            Duration timeout,
            ExecutorService threads) {
        this.stub = stub;
        this.config = ScoreStreamConfig.newBuilder().addAllRewards(rewards).build();
        this.limits = limits;
        this.timeout = timeout;
        this.tries = Failsafe.with(Retries.whenAsked(Results::retryAfterMillis))
                .compose(Retries.whenDisconnected())
                .with(threads);
    }

    @Override
    public CompletableFuture<List<SampleResult>> score(List<Sample> samples) {
        CompletableFuture<List<SampleResult>> results = CompletableFuture.completedFuture(new ArrayList<>());
        for (Sample sample : samples) {
            results = results.thenCombine(score(sample), (list, result) -> {
                list.add(result);
                return list;
            });
        }
        return results;
    }

    @Override
    public synchronized void close() {
        if (stream != null) {
            stream.close();
        }
    }

    private CompletableFuture<SampleResult> score(Sample sample) {
        int bytes = ScoreStreamRequest.newBuilder().setSample(sample).build().getSerializedSize();
        if (bytes > limits.bytes()) {
            return CompletableFuture.completedFuture(Results.tooLarge(sample, bytes, limits));
        }
        return tries.getAsync(() -> openStream().exchange(withNewId(sample), timeout))
                .handle((answer, failure) -> failure == null
                        ? Results.answered(sample, answer, config.getRewardsCount())
                        : Results.failed(sample, failure));
    }

    private Sample withNewId(Sample sample) {
        return sample.toBuilder()
                .setId(Long.toString(samplesSent.getAndIncrement()))
                .build();
    }

    private synchronized SampleStream openStream() {
        if (stream == null || !stream.isOpen()) {
            stream = new SampleStream(stub, config);
        }
        return stream;
    }
}
