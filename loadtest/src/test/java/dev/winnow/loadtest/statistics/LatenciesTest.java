package dev.winnow.loadtest.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LatenciesTest {
    @Test
    void tellsPercentilesInMillisecondsToThreeDigits() {
        Latencies latencies = new Latencies();
        IntStream.rangeClosed(1, 100)
                .forEach(millis -> latencies.add(Duration.ofMillis(millis).toNanos()));

        assertThat(latencies.millis(50)).isCloseTo(50, within(0.05));
        assertThat(latencies.millis(99)).isCloseTo(99, within(0.1));
        assertThat(latencies.millis(100)).isCloseTo(100, within(0.1));
    }

    @Test
    void takesWhatNoClockShouldSay() {
        Latencies latencies = new Latencies();
        latencies.add(-5);
        latencies.add(Duration.ofHours(2).toNanos());

        assertThat(latencies.count()).isEqualTo(2);
        assertThat(latencies.millis(1)).isZero();
        assertThat(latencies.millis(100)).isCloseTo(3_600_000, within(3600.0));
    }

    @Test
    void hasNoPercentileOfNothing() {
        assertThatIllegalStateException().isThrownBy(() -> new Latencies().millis(50));
    }

    @Test
    void addsOthers() {
        Latencies one = new Latencies();
        one.add(1_000_000);
        Latencies other = new Latencies();
        other.add(3_000_000);
        one.addAll(other);

        assertThat(one.count()).isEqualTo(2);
        assertThat(one.millis(100)).isCloseTo(3, within(0.01));
        assertThat(other.count()).isEqualTo(1);
    }
}
