package dev.winnow.ppo.reward;

import com.google.protobuf.CodedOutputStream;
import dev.winnow.ppo.reward.retry.Retries;
import dev.winnow.v1.RewardRequest;
import dev.winnow.v1.Sample;
import dev.winnow.v1.SampleResult;
import dev.winnow.v1.ScoreRequest;
import dev.winnow.v1.ScoreResponse;
import io.grpc.StatusRuntimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;

/**
 * Scores by {@code Score} calls. Samples that are given together are sent together, in as many calls as the server's
 * limits need. Thread-safe.
 */
final class BatchScorer implements Scorer {
    private final Function<ScoreRequest, ScoreResponse> call;
    private final ScoreRequest withoutSamples;
    private final Limits limits;
    private final Retries retries;
    private final Executor threads;

    /**
     * Creates a scorer.
     *
     * @param call blocks until the answer is there, or throws {@link io.grpc.StatusRuntimeException}
     * @param threads one for each call in flight
     */
    BatchScorer(
            Function<ScoreRequest, ScoreResponse> call,
            List<RewardRequest> rewards,
            Limits limits,
            Retries retries,
            Executor threads) {
        this.call = call;
        this.withoutSamples = ScoreRequest.newBuilder().addAllRewards(rewards).build();
        this.limits = limits;
        this.retries = retries;
        this.threads = threads;
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
        return CompletableFuture.supplyAsync(() -> await(new BatchInFlight(batch)), threads);
    }

    private List<SampleResult> await(BatchInFlight batch) {
        try {
            return retries.run(() -> batch.send(call, withoutSamples));
        } catch (StatusRuntimeException e) {
            return batch.results(e);
        } catch (InterruptedException e) {
            return batch.results(Results.closed());
        }
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
