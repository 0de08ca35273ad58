package dev.winnow.ppo.cli;

import com.google.rpc.Code;
import dev.winnow.ppo.reward.Scorer;
import dev.winnow.v1.Sample;
import dev.winnow.v1.SampleResult;
import io.grpc.Status;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Scores until samples are lost because no server could be reached, through all tries. From then on each sample gets
 * that error at once: a long file would else take seconds for every few of its samples, to no avail. Thread-safe.
 */
final class UntilUnavailable implements Scorer {
    private final Scorer scorer;
    private final AtomicReference<@Nullable Scorer> instead = new AtomicReference<>();

    /** Wraps a scorer and closes it with itself. */
    UntilUnavailable(Scorer scorer) {
        this.scorer = scorer;
    }

    @Override
    public CompletableFuture<List<SampleResult>> score(List<Sample> samples) {
        return Objects.requireNonNullElse(instead.get(), scorer).score(samples).thenApply(results -> {
            results.stream()
                    .filter(result -> result.getError().getCode() == Code.UNAVAILABLE)
                    .findFirst()
                    .ifPresent(lost -> giveUp(lost.getError().getMessage()));
            return results;
        });
    }

    @Override
    public void close() {
        scorer.close();
    }

    /** Only the first message tells why. */
    private void giveUp(String message) {
        Status status = Status.UNAVAILABLE.withDescription("not sent after: " + message);
        instead.compareAndSet(null, Scorer.failing(status.asRuntimeException()));
    }
}
