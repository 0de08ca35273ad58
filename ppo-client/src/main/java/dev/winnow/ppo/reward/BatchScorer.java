package dev.winnow.ppo.reward;

import com.google.protobuf.CodedOutputStream;
import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeExecutor;
import dev.winnow.v1.RewardRequest;
import dev.winnow.v1.Sample;
import dev.winnow.v1.SampleResult;
import dev.winnow.v1.ScoreRequest;
import dev.winnow.v1.ScoreResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.function.Function;

/**
 * Scores by {@code Score} calls. Samples that are given together are sent together, in as many calls as the server's
 * limits need. Thread-safe.
 */
final class BatchScorer implements Scorer {
    private final Function<ScoreRequest, ScoreResponse> call;
    private final ScoreRequest withoutSamples;
    private final Limits limits;
    private final FailsafeExecutor<Integer> tries;

    /**
     * Creates a scorer.
     *
     * @param call blocks until the answer is there, or throws {@link io.grpc.StatusRuntimeException}
     * @param threads one for each call in flight; stays the caller's
     */
    BatchScorer(
            Function<ScoreRequest, ScoreResponse> call,
            List<RewardRequest> rewards,
            Limits limits,
            ExecutorService threads) {
        this.call = call;
        this.withoutSamples = ScoreRequest.newBuilder().addAllRewards(rewards).build();
        this.limits = limits;
        this.tries = Failsafe.with(Retries.whenAsked(Integer::intValue, Patience.ofFewTries()))
                .with(threads);
    }

    @Override
    public CompletableFuture<List<SampleResult>> score(List<Sample> samples) {
        CompletableFuture<List<SampleResult>> results = CompletableFuture.completedFuture(List.of());
        for (List<Sample> batch : batches(samples)) {
            results = results.thenCombine(scoreTogether(batch), BatchScorer::concatenate);
        }
        return results;
    }

    /** Cuts samples into batches within the limits. A sample over the limits by itself is a batch of its own. */
    private List<List<Sample>> batches(List<Sample> samples) {
        List<List<Sample>> batches = new ArrayList<>();
        List<Sample> batch = new ArrayList<>();
        int bytes = withoutSamples.getSerializedSize();
        for (Sample sample : samples) {
            int more = bytes(sample);
            if (!batch.isEmpty() && (batch.size() == limits.samples() || bytes + more > limits.bytes())) {
                batches.add(batch);
                batch = new ArrayList<>();
                bytes = withoutSamples.getSerializedSize();
            }
            batch.add(sample);
            bytes += more;
        }
        if (!batch.isEmpty()) {
            batches.add(batch);
        }
        return batches;
    }

    private CompletableFuture<List<SampleResult>> scoreTogether(List<Sample> batch) {
        int bytes = withoutSamples.getSerializedSize() + bytes(batch.getFirst());
        if (bytes > limits.bytes()) {
            return CompletableFuture.completedFuture(List.of(Results.tooLarge(batch.getFirst(), bytes, limits)));
        }
        BatchInFlight inFlight = new BatchInFlight(batch);
        return tries.getAsync(() -> inFlight.send(call, withoutSamples))
                .handle((retryAfterMillis, failure) -> inFlight.results(failure));
    }

    private static int bytes(Sample sample) {
        return CodedOutputStream.computeMessageSize(ScoreRequest.SAMPLES_FIELD_NUMBER, sample);
    }

    private static <T> List<T> concatenate(List<T> first, List<T> second) {
        List<T> both = new ArrayList<>(first);
        both.addAll(second);
        return both;
    }
}
