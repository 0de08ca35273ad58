package dev.winnow.service.admission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.winnow.service.domain.Call;
import dev.winnow.service.domain.FailureException;
import dev.winnow.service.domain.TestingCalls;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class AdmissionPropertiesTest {
    private static final Call CALL = TestingCalls.by("caller");

    private static final int LIMIT = 20;

    enum Kind {
        CALL,
        STREAM,
        SHRINK,
        CLOSE,
        CANCEL
    }

    /** One thing that happens; {@code which} chooses among the permits or waiters there are. */
    record Step(Kind kind, int cost, int which) {}

    @Property
    void inFlightKeepsTheLimitUnlessOneOversizedSampleIsAlone(@ForAll("steps") List<Step> steps) {
        Run run = new Run();
        for (Step step : steps) {
            run.take(step);
            run.collect();
            if (run.admission.bytesInFlight() > LIMIT) {
                assertThat(run.held).hasSize(1);
            }
        }
    }

    @Property
    void endsWithNothingInFlightAndNobodyWaiting(@ForAll("steps") List<Step> steps) throws InterruptedException {
        Run run = new Run();
        steps.forEach(run::take);
        for (run.collect(); !run.held.isEmpty(); run.collect()) {
            run.held.removeFirst().close();
        }
        assertThat(run.waiting).isEmpty();
        assertThat(run.admission.bytesInFlight()).isZero();
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        return Combinators.combine(
                        Arbitraries.of(Kind.values()),
                        Arbitraries.integers().between(0, LIMIT + 5),
                        Arbitraries.integers().between(0, 50))
                .as(Step::new)
                .list()
                .ofMaxSize(60);
    }

    private static final class Run {
        private final Admission admission = new Admission(TestingLimits.most(LIMIT));
        private final List<Permit> held = new ArrayList<>();
        private final List<CompletableFuture<Permit>> waiting = new ArrayList<>();

        void take(Step step) {
            collect();
            switch (step.kind()) {
                case CALL -> {
                    try {
                        held.addAll(admission.acquire(CALL, List.of(step.cost())));
                    } catch (FailureException refused) {
                        assertThat(refused)
                                .hasMessageStartingWith("in flight: ")
                                .hasMessageContaining("(expected: ");
                    }
                }
                case STREAM -> {
                    CompletableFuture<Permit> asked = admission.acquireInTurn(CALL.caller(), step.cost());
                    if (asked.isCompletedExceptionally()) {
                        assertThat(asked.exceptionNow()).hasMessageStartingWith("waiting for room: ");
                    } else {
                        waiting.add(asked);
                    }
                }
                case SHRINK -> held.stream().skip(step.which()).findFirst().ifPresent(p -> p.resizeTo(step.cost()));
                case CLOSE -> {
                    if (step.which() < held.size()) {
                        held.remove(step.which()).close();
                    }
                }
                case CANCEL ->
                    waiting.stream().skip(step.which()).findFirst().ifPresent(future -> future.cancel(false));
            }
        }

        /** Takes the permits that waiters were granted in the meantime. */
        void collect() {
            waiting.removeIf(CompletableFuture::isCancelled);
            waiting.stream().filter(CompletableFuture::isDone).forEach(future -> held.add(future.join()));
            waiting.removeIf(CompletableFuture::isDone);
        }
    }
}
