package dev.winnow.service.pipeline;

import dev.winnow.service.admission.Admission;
import dev.winnow.service.admission.Permit;
import dev.winnow.service.batch.FairWorkers;
import dev.winnow.service.domain.Call;
import dev.winnow.service.domain.Failure;
import dev.winnow.service.domain.FailureException;
import dev.winnow.service.domain.Registration;
import dev.winnow.service.domain.RewardRequest;
import dev.winnow.service.domain.Sample;
import dev.winnow.service.domain.SampleOutcome;
import dev.winnow.service.domain.SampleOutcome.Failed;
import dev.winnow.service.domain.SampleOutcome.Rewarded;
import dev.winnow.service.domain.Stage;
import dev.winnow.service.domain.Timer;
import dev.winnow.service.domain.WorkEvents;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
    private final FairWorkers tokenizers;
    private final SampleScorer scorer;
    private final Timer timer;
    private final LongSupplier nanoClock;
    private final WorkEvents events;

    public RewardPipeline(
            Supplier<Catalog> catalog,
            Admission admission,
            FairWorkers tokenizers,
            SampleScorer scorer,
            Timer timer,
            LongSupplier nanoClock,
            WorkEvents events) {
        this.catalog = catalog;
        this.admission = admission;
        this.tokenizers = tokenizers;
        this.scorer = scorer;
        this.timer = timer;
        this.nanoClock = nanoClock;
        this.events = events;
    }

    /**
     * Resolves what a caller asks for; the models stay those for the whole call, even if they are unloaded meanwhile.
     *
     * @param call whose lifetime ends when it is over, however it ends
     * @throws FailureException if it cannot be met
     */
    public Selection resolve(List<RewardRequest> requests, Call call) {
        while (true) {
            Selection selection = catalog.get().resolve(requests);
            Optional<Lease> lease = Lease.of(selection.models());
            if (lease.isPresent()) {
                var _ = call.lifetime().whenEnded(_ -> lease.get().close());
                return selection;
            }
            // A model was closed since the catalog was read, so there is another catalog by now.
        }
    }

    /**
     * Admits all samples of a call, or none.
     *
     * @return one outcome for each sample, in order; none completes exceptionally
     * @throws FailureException if there is no room
     */
    public List<CompletableFuture<SampleOutcome>> score(List<Sample> samples, Selection selection, Call call) {
        List<Permit> permits =
                admission.acquire(call, samples.stream().map(Sample::bytes).toList());
        List<CompletableFuture<SampleOutcome>> outcomes = new ArrayList<>(samples.size());
        for (int index = 0; index < samples.size(); index++) {
            SampleLifetime lifetime = SampleLifetime.begin(samples.get(index), call, timer);
            outcomes.add(score(
                    new Admitted(samples.get(index), call.with(lifetime.lifetime()), lifetime, permits.get(index)),
                    selection));
        }
        return outcomes;
    }

    /**
     * Admits one sample as soon as there is room. Its time runs from now on.
     *
     * @return what to score it with, or {@link FailureException} if the service is draining or its lifetime ends first
     */
    public CompletableFuture<Admitted> admitInTurn(Sample sample, Call call) {
        SampleLifetime lifetime = SampleLifetime.begin(sample, call, timer);
        CompletableFuture<Permit> permit = admission.acquireInTurn(call.caller(), sample.bytes());
        Registration end = lifetime.lifetime().whenEnded(reason -> {
            if (permit.completeExceptionally(new FailureException(reason))) {
                events.workDropped(Stage.ADMISSION, reason);
            }
        });
        return permit.whenComplete((_, fault) -> {
                    end.close();
                    if (fault != null) {
                        lifetime.close();
                    }
                })
                .thenApply(granted -> new Admitted(sample, call.with(lifetime.lifetime()), lifetime, granted));
    }

    /** A sample that may be scored, and must be: it holds a permit. */
    public record Admitted(Sample sample, Call call, SampleLifetime lifetime, Permit permit) {}

    /**
     * Scores one admitted sample. It is answered as soon as its rewards are there or its lifetime ends; the permit is given
     * back once no work is done for it any more. The future does not complete exceptionally.
     */
    public CompletableFuture<SampleOutcome> score(Admitted admitted, Selection selection) {
        long startedAt = nanoClock.getAsLong();
        Sample sample = admitted.sample();
        Call call = admitted.call();
        CompletableFuture<SampleOutcome> outcome = new CompletableFuture<>();
        Registration answer = call.lifetime().whenEnded(reason -> outcome.complete(new Failed(reason)));
        tokenizers.execute(call.caller(), sample.bytes(), () -> {
            var _ = start(sample, selection, call, admitted.permit(), startedAt).whenComplete((rewarded, fault) -> {
                admitted.permit().close();
                outcome.complete(rewarded != null ? rewarded : new Failed(toFailure(sample, fault)));
            });
        });
        return outcome.whenComplete((answered, _) -> {
            admitted.lifetime().close();
            answer.close();
            events.sampleFinished(
                    sample.id(), call.caller(), selection.labels(), answered, nanoClock.getAsLong() - startedAt);
        });
    }

    private CompletableFuture<Rewarded> start(
            Sample sample, Selection selection, Call call, Permit permit, long startedAt) {
        try {
            Failure ended = call.lifetime().ended();
            if (ended != null) {
                events.workDropped(Stage.TOKENIZATION, ended);
                throw new FailureException(ended);
            }
            return scorer.score(sample, selection, call, tokens -> {
                permit.resizeTo(tokens);
                events.sampleTokenized(nanoClock.getAsLong() - startedAt);
            });
        } catch (Throwable e) {
            // An error too, such as want of memory: the sample must be answered and the thread live on.
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
