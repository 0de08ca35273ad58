package dev.winnow.ppo.reward.retry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.winnow.ppo.reward.TestingRewardServer;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RetryDelayTest {
    @ParameterizedTest
    @CsvSource({"100, 1, 0, 100", "100, 1, 0.5, 125", "100, 2, 0.5, 150", "100, 10, 0, 100", "1, 1, 0.9, 1"})
    void neverComesBackEarlierThanAsked(long asked, int tries, double random, long waited) {
        assertThat(RetryDelay.after(TestingRewardServer.busy(asked), false, tries, random))
                .contains(Duration.ofMillis(waited));
    }

    @ParameterizedTest
    @CsvSource({"1, 0, 0", "1, 0.5, 100", "2, 0.5, 200", "3, 0.75, 600", "7, 0.5, 5000", "1000000, 0.5, 5000"})
    void backsOffExponentiallyWithFullJitterWhereNothingIsAsked(int tries, double random, long waited) {
        assertThat(RetryDelay.after(Status.UNAVAILABLE.asRuntimeException(), false, tries, random))
                .contains(Duration.ofMillis(waited));
    }

    @ParameterizedTest
    @EnumSource(
            value = Status.Code.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"UNAVAILABLE", "DEADLINE_EXCEEDED"})
    void whatDoesNotPassByItselfIsNotTriedAgain(Status.Code code) {
        assertThat(delay(code.toStatus().asRuntimeException(), false)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"true, 100", "false,"})
    void anotherServerMayHaveWhatThisOneHasNot(boolean notFoundPasses, Long waited) {
        assertThat(delay(Status.NOT_FOUND.asRuntimeException(), notFoundPasses).map(Duration::toMillis))
                .isEqualTo(Optional.ofNullable(waited));
    }

    private static Optional<Duration> delay(StatusRuntimeException failure, boolean notFoundPasses) {
        return RetryDelay.after(failure, notFoundPasses, 1, 0.5);
    }
}
