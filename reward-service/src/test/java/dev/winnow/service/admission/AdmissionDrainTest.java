package dev.winnow.service.admission;

import static dev.winnow.service.domain.TestingFailures.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.winnow.service.domain.Call;
import dev.winnow.service.domain.Failure;
import dev.winnow.service.domain.FailureException;
import dev.winnow.service.domain.TestingCalls;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class AdmissionDrainTest {
    private static final Call CALL = TestingCalls.by("caller");

    private static final String MESSAGE = "service: draining (expected: serving; another replica may take the call)";
    private static final Failure DRAINING = new Failure.Unavailable(MESSAGE);

    private final Admission admission = new Admission(TestingLimits.most(10));

    @Test
    void refusesCallsAndStreams() {
        admission.drain();
        assertThat(admission.isDraining()).isTrue();
        assertThat(failureOf(() -> admission.acquire(CALL, List.of(1)))).isEqualTo(DRAINING);
        assertRefused(admission.acquireInTurn(CALL.caller(), 1));
    }

    @Test
    void refusesWhatWaitsAndLetsWhatRunsFinish() {
        assertThat(admission.isDraining()).isFalse();
        Permit running = admission.acquireInTurn(CALL.caller(), 10).join();
        CompletableFuture<Permit> waiting = admission.acquireInTurn(CALL.caller(), 1);
        admission.drain();
        assertRefused(waiting);
        assertThat(admission.bytesInFlight()).isEqualTo(10);
        running.resizeTo(3);
        running.close();
        assertThat(admission.bytesInFlight()).isZero();
    }

    private static void assertRefused(CompletableFuture<Permit> future) {
        assertThat(future)
                .isCompletedExceptionally()
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .havingCause()
                .isInstanceOf(FailureException.class)
                .withMessage(MESSAGE);
    }
}
