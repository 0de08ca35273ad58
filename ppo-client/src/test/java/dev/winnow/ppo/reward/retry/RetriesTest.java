package dev.winnow.ppo.reward.retry;

import static dev.winnow.ppo.reward.TestingRewardServer.busy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class RetriesTest {
    private final StatusRuntimeException gone =
            Status.UNAVAILABLE.withDescription("connection refused").asRuntimeException();

    private final TestingTime time = new TestingTime();
    private int reconnects;

    @Test
    void triesUntilThereIsAnAnswer() throws InterruptedException {
        Retries retries = retries(Duration.ofMinutes(5));

        assertThat(retries.run(failing(gone, busy(1000), gone))).isEqualTo("answer");

        assertThat(time.sleeps())
                .containsExactly(Duration.ofMillis(100), Duration.ofMillis(1500), Duration.ofMillis(400));
        assertThat(reconnects).isEqualTo(3);
        assertThat(retries.statistics()).isEqualTo(new RetryStatistics(3, 1, 1, Duration.ofSeconds(2)));
    }

    @Test
    void patienceBeginsWithTheFirstFailure() throws InterruptedException {
        Retries retries = retries(Duration.ofSeconds(1));
        Queue<StatusRuntimeException> failures = new ArrayDeque<>(List.of(gone));

        String answer = retries.run(() -> {
            time.pass(Duration.ofHours(1)); // each try takes longer than all patience
            return failing(failures).run();
        });

        assertThat(answer).isEqualTo("answer");
    }

    @Test
    void givesUpAndSaysHowLongItTried() {
        Retries retries = retries(Duration.ofSeconds(2));

        assertThatThrownBy(() -> retries.run(() -> {
                    throw gone;
                }))
                .hasMessage("UNAVAILABLE: given up after 5 tries in 1.5 s: connection refused");

        assertThat(time.sleeps())
                .as("no wait that patience does not last for")
                .containsExactly(
                        Duration.ofMillis(100), Duration.ofMillis(200), Duration.ofMillis(400), Duration.ofMillis(800));
        assertThat(retries.statistics()).isEqualTo(new RetryStatistics(4, 0, 1, Duration.ofMillis(1500)));
    }

    @Test
    void givesUpWhatIsRefusedForLong() {
        assertThatThrownBy(() -> retries(Duration.ofMinutes(2)).run(() -> {
                    throw busy(60_000);
                }))
                .hasMessage("RESOURCE_EXHAUSTED: given up after 2 tries in 1 min 15 s: too much in flight");
    }

    @Test
    void withoutPatienceThereIsOneTryAndItsOwnFailure() {
        assertThatThrownBy(() -> retries(Duration.ZERO).run(failing(gone))).isSameAs(gone);

        assertThat(time.sleeps()).isEmpty();
    }

    @Test
    void nothingIsTriedAgainOnceRetriesHaveEnded() {
        Retries retries = retries(Duration.ofMinutes(5));
        Retries pinned = retries.whereNotFoundPasses();

        assertThatThrownBy(() -> pinned.run(() -> {
                    if (time.sleeps().size() == 2) {
                        retries.end();
                    }
                    throw gone;
                }))
                .hasMessage("UNAVAILABLE: given up after 3 tries in 0.3 s: connection refused");
    }

    @Test
    void whatDoesNotPassFailsAtOnce() {
        StatusRuntimeException broken = Status.INTERNAL.asRuntimeException();
        Retries retries = retries(Duration.ofMinutes(5));

        assertThatThrownBy(() -> retries.run(failing(broken))).isSameAs(broken);

        assertThat(retries.statistics()).isEqualTo(RetryStatistics.NONE);
    }

    @Test
    void failuresThatOverlapAreOneInterruption() throws InterruptedException {
        Retries retries = retries(Duration.ofMinutes(5));
        Retries pinned = retries.whereNotFoundPasses();

        retries.run(() -> {
            if (time.sleeps().isEmpty()) {
                throw gone;
            }
            return pinned.run(failing(Status.NOT_FOUND.asRuntimeException()));
        });
        retries.run(failing(gone));

        assertThat(retries.statistics()).isEqualTo(new RetryStatistics(3, 0, 2, Duration.ofMillis(300)));
        assertThat(retries.statistics().since(new RetryStatistics(1, 0, 1, Duration.ofMillis(200))))
                .isEqualTo(new RetryStatistics(2, 0, 1, Duration.ofMillis(100)));
    }

    @Test
    void anInterruptionThatLastsIsCounted() throws InterruptedException {
        Retries retries = retries(Duration.ofMinutes(5));

        retries.run(() -> {
            if (time.sleeps().isEmpty()) {
                throw gone;
            }
            assertThat(retries.statistics()).isEqualTo(new RetryStatistics(1, 0, 1, Duration.ofMillis(100)));
            return "answer";
        });
    }

    private Retries retries(Duration patience) {
        return Retries.within(patience, () -> reconnects++, time, () -> 0.5);
    }

    private static Retries.Attempt<String> failing(StatusRuntimeException... failures) {
        return failing(new ArrayDeque<>(List.of(failures)));
    }

    private static Retries.Attempt<String> failing(Queue<StatusRuntimeException> failures) {
        return () -> {
            StatusRuntimeException failure = failures.poll();
            if (failure != null) {
                throw failure;
            }
            return "answer";
        };
    }
}
