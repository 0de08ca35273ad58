package dev.winnow.ppo.reward;

import dev.winnow.v1.Sample;
import dev.winnow.v1.SampleResult;
import io.grpc.StatusRuntimeException;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Has samples scored. Thread-safe. */
public interface Scorer extends AutoCloseable {
    /**
     * Has samples scored without waiting for it.
     *
     * @param samples the samples; their ids may be missing or repeated
     * @return one result for each sample, in their order and under their ids: its rewards, or the error that is left
     *     after all tries. Never completes exceptionally
     */
    CompletableFuture<List<SampleResult>> score(List<Sample> samples);

    /**
     * Returns a scorer that asks nobody: each sample gets the error of a call that failed before.
     *
     * @param failure why the server is not asked
     */
    static Scorer failing(StatusRuntimeException failure) {
        return samples -> CompletableFuture.completedFuture(
                samples.stream().map(sample -> Results.failed(sample, failure)).toList());
    }

    /** Gives up what is still under way. */
    @Override
    default void close() {}
}
