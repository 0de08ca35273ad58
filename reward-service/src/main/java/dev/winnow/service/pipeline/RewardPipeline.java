package dev.winnow.service.pipeline;

import dev.winnow.service.admission.Admission;
import dev.winnow.service.admission.Permit;
import dev.winnow.service.domain.Failure;
import dev.winnow.service.domain.FailureException;
import dev.winnow.service.domain.Lifetime;
import dev.winnow.service.domain.RewardRequest;
import dev.winnow.service.domain.Sample;
import dev.winnow.service.domain.SampleOutcome;
import dev.winnow.service.domain.SampleOutcome.Failed;
import dev.winnow.service.domain.SampleOutcome.Rewarded;
import dev.winnow.service.domain.WorkEvents;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the edges call. Admits samples, has them scored and turns whatever happens to one into its outcome: no failure of
 * a sample reaches its neighbours, and each outcome is counted once, here. Thread-safe.
 */
public final class RewardPipeline {
    private final Supplier<Catalog> catalog;
    private final Admission admission;
    private final SampleScorer scorer;
    private final LongSupplier nanoClock;
    private final WorkEvents events;

    public RewardPipeline(
            Supplier<Catalog> catalog,
            Admission admission,
            SampleScorer scorer,
            LongSupplier nanoClock,
            WorkEvents events) {
        this.catalog = catalog;
        this.admission = admission;
        this.scorer = scorer;
        this.nanoClock = nanoClock;
        this.events = events;
    }

    /**
     * Resolves what a caller asks for; the models stay those for the whole call.
     *
     * @throws FailureException if it cannot be met
     */
    public Selection resolve(List<RewardRequest> requests) {
        return catalog.get().resolve(requests);
    }

    /**
     * Admits all samples of a call, or none.
     *
     * @return one outcome for each sample, in order; none completes exceptionally
     * @throws FailureException if there is no room
     */
    public List<CompletableFuture<SampleOutcome>> score(List<Sample> samples, Selection selection, Lifetime lifetime) {
        List<Permit> permits =
                admission.acquire(samples.stream().map(Sample::bytes).toList());
        List<CompletableFuture<SampleOutcome>> outcomes = new ArrayList<>(samples.size());
        for (int index = 0; index < samples.size(); index++) {
            outcomes.add(score(samples.get(index), selection, lifetime, permits.get(index)));
        }
        return outcomes;
    }

    /**
     * Admits one sample as soon as there is room.
     *
     * @return the permit to score it with, or {@link FailureException} if the service is draining
     */
    public CompletableFuture<Permit> admitInTurn(Sample sample) {
        return admission.acquireInTurn(sample.bytes());
    }

    /** Scores one admitted sample; gives the permit back when done. The future does not complete exceptionally. */
    public CompletableFuture<SampleOutcome> score(
            Sample sample, Selection selection, Lifetime lifetime, Permit permit) {
        long startedAt = nanoClock.getAsLong();
        Lifetime ownLifetime = sample.timeout()
                .map(timeout -> lifetime.atMost(timeout, nanoClock))
                .orElse(lifetime);
        return start(sample, selection, ownLifetime, permit, startedAt)
                .<SampleOutcome>handle(
                        (rewarded, fault) -> rewarded != null ? rewarded : new Failed(toFailure(sample, fault)))
                .whenComplete((outcome, _) -> {
                    permit.close();
                    events.sampleFinished(sample.id(), selection.labels(), outcome, nanoClock.getAsLong() - startedAt);
                });
    }

    private CompletableFuture<Rewarded> start(
            Sample sample, Selection selection, Lifetime lifetime, Permit permit, long startedAt) {
        try {
            Failure ended = lifetime.ended();
            if (ended != null) {
                throw new FailureException(ended);
            }
            return scorer.score(sample, selection, lifetime, tokens -> {
                permit.shrinkTo(tokens);
                events.sampleTokenized(nanoClock.getAsLong() - startedAt);
            });
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private Failure toFailure(Sample sample, @Nullable Throwable fault) {
        Throwable cause = fault instanceof CompletionException && fault.getCause() != null ? fault.getCause() : fault;
        if (cause instanceof FailureException known) {
            return known.failure();
        }
        String faultId = UUID.randomUUID().toString();
        events.sampleFaulted(sample.id(), faultId, cause == null ? new IllegalStateException("no outcome") : cause);
        return new Failure.Internal("the sample could not be scored; the server's log has the cause under " + faultId);
    }
}
