package dev.winnow.service.pipeline;

import static dev.winnow.service.domain.TestingFailures.failureOf;
import static dev.winnow.service.pipeline.TestingModels.request;
import static dev.winnow.service.pipeline.TestingModels.weighted;
import static org.assertj.core.api.Assertions.assertThat;

import dev.winnow.service.admission.Admission;
import dev.winnow.service.admission.Permit;
import dev.winnow.service.admission.TestingLimits;
import dev.winnow.service.align.NotFiniteException;
import dev.winnow.service.batch.TestingWorkers;
import dev.winnow.service.domain.Call;
import dev.winnow.service.domain.Density;
import dev.winnow.service.domain.Failure;
import dev.winnow.service.domain.FailureException;
import dev.winnow.service.domain.Lifetime;
import dev.winnow.service.domain.Sample;
import dev.winnow.service.domain.SampleOutcome;
import dev.winnow.service.domain.SampleOutcome.Failed;
import dev.winnow.service.domain.SampleOutcome.Rewarded;
import dev.winnow.service.domain.Stage;
import dev.winnow.service.domain.TestingCalls;
import dev.winnow.service.domain.TestingClock;
import dev.winnow.service.domain.TestingSamples;
import dev.winnow.service.domain.TestingTimer;
import dev.winnow.service.domain.TestingWorkEvents;
import dev.winnow.service.domain.TestingWorkEvents.Dropped;
import dev.winnow.service.domain.TestingWorkEvents.Faulted;
import dev.winnow.service.domain.TestingWorkEvents.Finished;
import dev.winnow.service.model.Logits;
import dev.winnow.service.model.TestingModelRunner;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class RewardPipelineTest {
    private static final Duration RETRY_AFTER = Duration.ofMillis(50);

    private static final Call CALL = TestingCalls.by("caller");

    private final TestingTimer timer = new TestingTimer();
    private final TestingClock clock = new TestingClock();
    private final TestingWorkEvents events = new TestingWorkEvents();
    private final Admission admission = new Admission(TestingLimits.most(250));
    private final TestingModelRunner runner = TestingModels.notANumberForX();
    private final Catalog catalog = TestingModels.catalog(TestingModels.of("tiny", "1", runner));
    private final Selection quality = catalog.resolve(List.of(request("quality")));

    @Test
    void modelThatGivesNotANumberFailsItsSampleAlone() {
        List<SampleOutcome> outcomes = score(quality, TestingSamples.of("p", "ab"), TestingSamples.of("p", "axb"));
        assertThat(outcomes.getFirst()).isInstanceOf(Rewarded.class);
        Faulted faulted = events.faulted.getFirst();
        assertThat(events.faulted).hasSize(1);
        assertThat(faulted.sampleId()).isEqualTo("sample");
        assertThat(faulted.fault())
                .isInstanceOf(NotFiniteException.class)
                .hasMessage("quality at SENTENCE: NaN (expected: a finite value)");
        assertThat(outcomes.getLast())
                .isEqualTo(new Failed(new Failure.Internal(
                        "the sample could not be scored; the server's log has the cause under " + faulted.faultId())));
        assertThat(admission.tokensInFlight()).isZero();
    }

    @Test
    void everyFaultHasItsOwnId() {
        score(quality, TestingSamples.of("p", "x"), TestingSamples.of("p", "xx"));
        assertThat(events.faulted)
                .extracting(Faulted::faultId)
                .doesNotHaveDuplicates()
                .hasSize(2);
    }

    @Test
    void badSampleLeavesItsNeighboursUnharmed() {
        List<SampleOutcome> outcomes = score(
                catalog.resolve(List.of(weighted("quality", Density.SEQUENCE, 1))),
                TestingSamples.withTokens("ab", List.of(3)),
                TestingSamples.withTokens("ab", List.of(2)));
        assertThat(outcomes.getFirst())
                .isEqualTo(
                        new Failed(
                                new Failure.InvalidArgument(
                                        "tokens.ends[0]: 3 (expected: at most 2, the response's code points; not UTF-16 units or bytes)")));
        assertThat(outcomes.getLast()).isInstanceOf(Rewarded.class);
        assertThat(events.faulted).isEmpty();
    }

    @Test
    void eachOutcomeIsCountedOnceWithItsRewards() {
        List<SampleOutcome> outcomes = score(quality, TestingSamples.of("p", "ab"), TestingSamples.of(" ", "ab"));
        assertThat(events.finished)
                .containsExactly(
                        new Finished("sample", CALL.caller(), List.of("tiny/quality@SENTENCE"), outcomes.getFirst(), 0),
                        new Finished("sample", CALL.caller(), List.of("tiny/quality@SENTENCE"), outcomes.getLast(), 0));
        assertThat(events.tokenized).hasValue(1);
    }

    @Test
    void callWithoutRoomIsRefusedWhole() {
        Sample sample = TestingSamples.of("p", "ab");
        admission.acquire(CALL, List.of(100));
        assertThat(failureOf(() -> score(quality, sample, sample)))
                .isEqualTo(new Failure.Overloaded(
                        "in flight: 100 bytes, and 200 more asked for (expected: at most 250 in all)", RETRY_AFTER));
        assertThat(runner.rows()).isEmpty();
        assertThat(events.finished).isEmpty();
    }

    @Test
    void permitShrinksToTheTokensWhileTheModelRuns() {
        CompletableFuture<Logits> logits = new CompletableFuture<>();
        RewardPipeline pipeline = pipeline((model, row, call) -> logits);
        CompletableFuture<SampleOutcome> outcome = pipeline.score(List.of(TestingSamples.of("p", "ab")), quality, CALL)
                .getFirst();
        assertThat(outcome).isNotDone();
        assertThat(admission.tokensInFlight()).isEqualTo(6);
        logits.completeExceptionally(new IllegalStateException("the model broke"));
        assertThat(outcome.join()).isInstanceOf(Failed.class);
        assertThat(events.faulted.getFirst().fault()).hasMessage("the model broke");
        assertThat(admission.tokensInFlight()).isZero();
    }

    @Test
    void sampleIsAnsweredWhenItsTimeoutPassesAndHoldsItsPermitWhileItRuns() {
        CompletableFuture<Logits> logits = new CompletableFuture<>();
        AtomicReference<Failure> told = new AtomicReference<>();
        RewardPipeline pipeline = pipeline((model, row, call) -> {
            var _ = call.lifetime().whenEnded(told::set);
            return logits;
        });
        CompletableFuture<SampleOutcome> outcome = pipeline.score(
                        List.of(TestingSamples.withTimeout("ab", Duration.ofMillis(20))), quality, CALL)
                .getFirst();
        timer.advance(Duration.ofMillis(19));
        assertThat(outcome).isNotDone();
        timer.advance(Duration.ofMillis(1));
        Failure late = new Failure.DeadlineExceeded("timeout_ms: 20 passed before the sample was scored");
        assertThat(outcome.join()).isEqualTo(new Failed(late));
        assertThat(told).hasValue(late);
        assertThat(admission.tokensInFlight()).as("its run has not ended").isPositive();
        logits.completeExceptionally(new FailureException(late));
        assertThat(admission.tokensInFlight()).isZero();
        assertThat(events.finished).hasSize(1);
        assertThat(events.faulted).isEmpty();
    }

    @Test
    void scoredSampleLeavesNoTimerAndDoesNotHearOfItsCallsEnd() {
        Lifetime lifetime = new Lifetime();
        CompletableFuture<SampleOutcome> outcome = pipeline(RowRunner.DIRECT)
                .score(
                        List.of(TestingSamples.withTimeout("ab", Duration.ofMillis(20))),
                        catalog.resolve(List.of(request("fluency"))),
                        TestingCalls.with(lifetime))
                .getFirst();
        assertThat(outcome.join()).isInstanceOf(Rewarded.class);
        assertThat(timer.pending()).isZero();
        lifetime.end(new Failure.Cancelled("the call"));
        assertThat(events.finished).hasSize(1);
    }

    @Test
    void callThatHasEndedRunsNothing() {
        Lifetime ended = new Lifetime();
        Failure cancelled = new Failure.Cancelled("the call");
        ended.end(cancelled);
        assertThat(pipeline(RowRunner.DIRECT)
                        .score(List.of(TestingSamples.of("p", "ab")), quality, TestingCalls.with(ended))
                        .getFirst()
                        .join())
                .isEqualTo(new Failed(cancelled));
        assertThat(runner.rows()).isEmpty();
        assertThat(events.dropped).containsExactly(new Dropped(Stage.TOKENIZATION, cancelled));
        assertThat(admission.tokensInFlight()).isZero();
    }

    @Test
    void errorThatIsNoExceptionFailsItsSampleAlone() {
        CompletableFuture<SampleOutcome> outcome = pipeline((model, row, call) -> {
                    throw new OutOfMemoryError("no room");
                })
                .score(List.of(TestingSamples.of("p", "ab")), quality, CALL)
                .getFirst();
        assertThat(outcome.join())
                .isInstanceOfSatisfying(
                        Failed.class, failed -> assertThat(failed.failure()).isInstanceOf(Failure.Internal.class));
        assertThat(events.faulted.getFirst().fault()).hasMessage("no room");
        assertThat(admission.tokensInFlight()).isZero();
    }

    @Test
    void timeOfASampleThatWaitsForRoomRuns() {
        Permit held = admission.acquire(CALL, List.of(200)).getFirst();
        CompletableFuture<RewardPipeline.Admitted> waiting =
                pipeline(RowRunner.DIRECT).admitInTurn(TestingSamples.withTimeout("ab", Duration.ofMillis(20)), CALL);
        timer.advance(Duration.ofMillis(20));
        assertThat(waiting)
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .havingRootCause()
                .withMessage("timeout_ms: 20 passed before the sample was scored");
        assertThat(timer.pending()).isZero();
        held.close();
        assertThat(admission.bytesInFlight()).isZero();
    }

    @Test
    void sampleOfAStreamThatEndsWhileItWaitsIsDropped() {
        Lifetime lifetime = new Lifetime();
        Permit held = admission.acquire(CALL, List.of(200)).getFirst();
        CompletableFuture<RewardPipeline.Admitted> permit =
                pipeline(RowRunner.DIRECT).admitInTurn(TestingSamples.of("p", "ab"), TestingCalls.with(lifetime));
        Failure cancelled = new Failure.Cancelled("the stream");
        lifetime.end(cancelled);
        assertThat(permit).isCompletedExceptionally();
        assertThat(events.dropped).containsExactly(new Dropped(Stage.ADMISSION, cancelled));
        held.close();
        assertThat(admission.tokensInFlight()).isZero();
    }

    @Test
    void streamWaitsForItsTurn() {
        RewardPipeline pipeline = pipeline(RowRunner.DIRECT);
        Permit held = admission.acquire(CALL, List.of(200)).getFirst();
        CompletableFuture<RewardPipeline.Admitted> permit = pipeline.admitInTurn(TestingSamples.of("p", "ab"), CALL);
        assertThat(permit).isNotDone();
        held.close();
        assertThat(pipeline.score(permit.join(), quality).join()).isInstanceOf(Rewarded.class);
        assertThat(admission.tokensInFlight()).isZero();
    }

    @Test
    void resolvesAgainstTheCatalogOfTheMoment() {
        assertThat(pipeline(RowRunner.DIRECT)
                        .resolve(List.of(request("quality")), CALL)
                        .labels())
                .containsExactly("tiny/quality@SENTENCE");
    }

    private List<SampleOutcome> score(Selection selection, Sample... samples) {
        return pipeline(RowRunner.DIRECT).score(List.of(samples), selection, CALL).stream()
                .map(CompletableFuture::join)
                .toList();
    }

    private RewardPipeline pipeline(RowRunner rows) {
        return new RewardPipeline(
                () -> catalog, admission, TestingWorkers.direct(), new SampleScorer(rows), timer, clock, events);
    }
}
