package dev.winnow.service.admission;

import static dev.winnow.service.domain.TestingFailures.failureOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.winnow.service.domain.Call;
import dev.winnow.service.domain.Failure;
import dev.winnow.service.domain.TestingCalls;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class AdmissionTest {
    private static final Call CALL = TestingCalls.by("caller");

    private static final Duration RETRY_AFTER = Duration.ofMillis(50);

    private final Admission admission = new Admission(TestingLimits.most(10));

    @Test
    void admitsUpToTheLimit() {
        List<Permit> permits = admission.acquire(CALL, List.of(4, 6));
        assertThat(permits).hasSize(2);
        assertThat(admission.bytesInFlight()).isEqualTo(10);
        permits.forEach(Permit::close);
        assertThat(admission.bytesInFlight()).isZero();
    }

    @Test
    void refusesWithBothNumbersAndTheDelay() {
        admission.acquire(CALL, List.of(7));
        assertThat(failureOf(() -> admission.acquire(CALL, List.of(1, 3))))
                .isEqualTo(new Failure.Overloaded(
                        "in flight: 7 bytes, and 4 more asked for (expected: at most 10 in all)", RETRY_AFTER));
    }

    @Test
    void admitsAllOfACallOrNone() {
        admission.acquire(CALL, List.of(7));
        failureOf(() -> admission.acquire(CALL, List.of(1, 3)));
        assertThat(admission.bytesInFlight()).isEqualTo(7);
        assertThat(admission.acquire(CALL, List.of(1, 2))).hasSize(2);
    }

    @Test
    void closingAgainHasNoEffect() {
        Permit permit = admission.acquire(CALL, List.of(3, 4)).getFirst();
        permit.close();
        permit.close();
        permit.resizeTo(0);
        assertThat(admission.bytesInFlight()).isEqualTo(4);
    }

    @Test
    void oversizedSampleIsAdmittedAlone() {
        Permit permit = admission.acquire(CALL, List.of(11)).getFirst();
        assertThat(admission.bytesInFlight()).isEqualTo(11);
        assertThat(failureOf(() -> admission.acquire(CALL, List.of(1)))).isInstanceOf(Failure.Overloaded.class);
        permit.close();
        admission.acquire(CALL, List.of(1));
        assertThat(failureOf(() -> admission.acquire(CALL, List.of(11)))).isInstanceOf(Failure.Overloaded.class);
    }

    @Test
    void sampleWithoutCostStillCounts() {
        Permit permit = admission.acquire(CALL, List.of(0)).getFirst();
        assertThat(failureOf(() -> admission.acquire(CALL, List.of(11)))).isInstanceOf(Failure.Overloaded.class);
        permit.close();
        assertThat(admission.acquire(CALL, List.of(11))).hasSize(1);
    }

    @Test
    void sumOfCostsDoesNotOverflow() {
        admission.acquire(CALL, List.of(1));
        assertThat(failureOf(() -> admission.acquire(CALL, List.of(Integer.MAX_VALUE, Integer.MAX_VALUE))))
                .isEqualTo(new Failure.Overloaded(
                        "in flight: 1 bytes, and 4294967294 more asked for (expected: at most 10 in all)",
                        RETRY_AFTER));
    }

    @Test
    void refusesLimitsThatAdmitNothing() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TestingLimits.most(0))
                .withMessage("maximumBytes: 0 (expected: >= 1)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TestingLimits.tenTokensASecond(Duration.ZERO))
                .withMessage("targetDelay: PT0S (expected: > 0)");
    }
}
