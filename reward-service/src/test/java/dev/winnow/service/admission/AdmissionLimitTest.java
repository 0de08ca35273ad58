package dev.winnow.service.admission;

import static dev.winnow.service.domain.TestingFailures.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.winnow.service.domain.Call;
import dev.winnow.service.domain.Failure;
import dev.winnow.service.domain.Lifetime;
import dev.winnow.service.domain.TestingCalls;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Ten tokens a second, which are to wait at most 5 seconds. */
class AdmissionLimitTest {
    private static final Call CALL = TestingCalls.by("caller");

    private final Admission admission = new Admission(TestingLimits.tenTokensASecond(Duration.ofSeconds(5)));

    @Test
    void limitIsThroughputTimesDelay() {
        assertThat(admission.tokenLimit()).isEqualTo(50);
        admission.acquire(CALL, List.of(50));
        assertThat(failureOf(() -> admission.acquire(CALL, List.of(10))))
                .isEqualTo(new Failure.Overloaded(
                        "in flight: 50 tokens, and about 10 more asked for (expected: at most 50 in all)",
                        Duration.ofSeconds(1)));
    }

    @Test
    void callWithADeadlineIsAdmittedOnlyIfHalfOfItsTimeIsEnough() {
        admission.acquire(CALL, List.of(19));
        assertThat(admission.acquire(TestingCalls.within(Duration.ofSeconds(4)), List.of(1)))
                .hasSize(1);
        assertThat(failureOf(() -> admission.acquire(
                        new Call(
                                CALL.caller(),
                                CALL.lifetime(),
                                TestingCalls.within(Duration.ofSeconds(4)).timeLeft()),
                        List.of(2))))
                .isEqualTo(new Failure.Overloaded(
                        "in flight: 20 tokens, and about 2 more asked for (expected: at most 20 in all, to be done before the deadline)",
                        Duration.ofMillis(200)));
    }

    @Test
    void aLongDeadlineDoesNotRaiseTheLimit() {
        admission.acquire(CALL, List.of(50));
        Call patient = new Call(
                CALL.caller(),
                CALL.lifetime(),
                TestingCalls.within(Duration.ofHours(1)).timeLeft());
        assertThat(failureOf(() -> admission.acquire(patient, List.of(1)))).isInstanceOf(Failure.Overloaded.class);
    }

    @Test
    void whoHasNothingInFlightIsAdmittedUpToTheBytes() {
        admission.acquire(CALL, List.of(50));
        admission.acquire(TestingCalls.by("other"), List.of(950));
        assertThat(admission.bytesInFlight()).isEqualTo(1_000);
        assertThat(failureOf(() -> admission.acquire(TestingCalls.by("third"), List.of(1))))
                .isEqualTo(new Failure.Overloaded(
                        "in flight: 1000 bytes, and 1 more asked for (expected: at most 1000 in all)",
                        Duration.ofMillis(100)));
    }

    @Test
    void whoHasNothingInFlightMayUseAllTimeOfItsShare() {
        admission.acquire(CALL, List.of(50));
        Optional<Duration> fourSeconds = Optional.of(Duration.ofSeconds(4));
        Call tooMuch = new Call(TestingCalls.caller("other"), new Lifetime(), fourSeconds);
        assertThat(failureOf(() -> admission.acquire(tooMuch, List.of(21)))).isInstanceOf(Failure.Overloaded.class);
        assertThat(admission.acquire(tooMuch, List.of(20))).as("half of 40").hasSize(1);
    }

    @Test
    void tokensAreEstimatedByWhatBytesHaveMade() {
        Permit permit = admission.acquire(CALL, List.of(999)).getFirst();
        assertThat(admission.tokensInFlight()).as("at first a token a byte").isEqualTo(999);
        permit.resizeTo(249);
        assertThat(admission.tokensInFlight()).isEqualTo(249);
        permit.close();
        // (1 + 249) / (1 + 999), but for what the first byte has faded by
        admission.acquire(CALL, List.of(200));
        assertThat(admission.tokensInFlight()).isEqualTo(50);
        assertThat(admission.bytesInFlight()).isEqualTo(200);
    }

    @Test
    void tokensThatTurnOutFewerMakeRoomAndMoreTakeIt() {
        Permit permit = admission.acquire(CALL, List.of(40)).getFirst();
        var waiting = admission.acquireInTurn(CALL.caller(), 40);
        permit.resizeTo(30);
        assertThat(waiting).as("30 and about 30 are above 50").isNotDone();
        permit.resizeTo(10);
        assertThat(waiting).isCompleted();
        permit.resizeTo(70);
        assertThat(admission.tokensInFlight()).isGreaterThan(70);
        permit.close();
        permit.resizeTo(1);
        waiting.join().close();
        assertThat(admission.tokensInFlight()).isZero();
    }

    @Test
    void whoHasLessThanAnEvenShareIsAdmittedPastTheLimit() {
        Call modest = TestingCalls.by("modest");
        admission.acquire(CALL, List.of(50));
        admission.acquire(modest, List.of(5));
        assertThat(admission.acquire(modest, List.of(20)))
                .as("25 of 50 for each of two")
                .hasSize(1);
        assertThat(failureOf(() -> admission.acquire(modest, List.of(1)))).isInstanceOf(Failure.Overloaded.class);
        assertThat(failureOf(() -> admission.acquire(CALL, List.of(1)))).isInstanceOf(Failure.Overloaded.class);
    }

    @Test
    void streamsOfTwoCallersAreLetInByTurns() {
        Call other = TestingCalls.by("other");
        Permit first = admission.acquireInTurn(CALL.caller(), 50).join();
        Permit second = admission.acquireInTurn(other.caller(), 50).join();
        var mine = List.of(admission.acquireInTurn(CALL.caller(), 40), admission.acquireInTurn(CALL.caller(), 40));
        var theirs = admission.acquireInTurn(other.caller(), 40);
        first.close();
        assertThat(mine.getFirst()).isCompleted();
        assertThat(mine.getLast()).isNotDone();
        assertThat(theirs).isNotDone();
        second.close();
        assertThat(theirs).isCompleted();
        assertThat(mine.getLast()).isNotDone();
    }
}
