package dev.winnow.loadtest.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArrivalsTest {
    @Test
    void constantArrivalsHaveEqualDistances() {
        assertThat(Arrivals.constant(4, Duration.ofSeconds(1))).hasToString("[0, 250000000, 500000000, 750000000]");
    }

    @Test
    void poissonArrivalsAreThoseOfTheirSeed() {
        String once = Arrivals.poisson(10, Duration.ofSeconds(5), new SplittableRandom(7))
                .toString();

        assertThat(Arrivals.poisson(10, Duration.ofSeconds(5), new SplittableRandom(7)))
                .hasToString(once);
        assertThat(Arrivals.poisson(10, Duration.ofSeconds(5), new SplittableRandom(8))
                        .toString())
                .isNotEqualTo(once);
    }

    /** In a Poisson process both the mean and the standard deviation of a distance are 1 / rate. */
    @Test
    void poissonDistancesAreExponential() {
        Arrivals arrivals = Arrivals.poisson(1000, Duration.ofSeconds(100), new SplittableRandom(1));
        double[] distances = IntStream.range(1, arrivals.count())
                .mapToDouble(index -> (arrivals.nanos(index) - arrivals.nanos(index - 1)) / 1e6)
                .toArray();
        double mean = IntStream.range(0, distances.length)
                .mapToDouble(i -> distances[i])
                .average()
                .orElseThrow();
        double variance = IntStream.range(0, distances.length)
                .mapToDouble(i -> (distances[i] - mean) * (distances[i] - mean))
                .average()
                .orElseThrow();

        assertThat(mean).isCloseTo(1, within(0.02));
        assertThat(Math.sqrt(variance)).isCloseTo(1, within(0.02));
    }

    @Property
    void arrivalsRiseWithinTheirTimeAtTheirRate(
            @ForAll @DoubleRange(min = 1, max = 2000) double perSecond,
            @ForAll @IntRange(min = 1, max = 20) int seconds,
            @ForAll long seed) {
        Duration duration = Duration.ofSeconds(seconds);
        double expected = perSecond * seconds;

        Arrivals constant = Arrivals.constant(perSecond, duration);
        assertThat(constant.count()).isBetween((int) Math.floor(expected), (int) Math.ceil(expected) + 1);
        requireRising(constant, duration);

        Arrivals poisson = Arrivals.poisson(perSecond, duration, new SplittableRandom(seed));
        // The count of a Poisson process has its mean for its variance; 8 standard deviations never happen.
        assertThat((double) poisson.count()).isCloseTo(expected, within(8 * Math.sqrt(expected) + 8));
        requireRising(poisson, duration);
    }

    private static void requireRising(Arrivals arrivals, Duration duration) {
        for (int index = 0; index < arrivals.count(); index++) {
            assertThat(arrivals.nanos(index)).isBetween(0L, duration.toNanos() - 1);
            if (index > 0) {
                assertThat(arrivals.nanos(index)).isGreaterThanOrEqualTo(arrivals.nanos(index - 1));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
    void refusesWhatIsNoRate(double perSecond) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Arrivals.constant(perSecond, Duration.ofSeconds(1)))
                .withMessageContaining("expected: > 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Arrivals.poisson(perSecond, Duration.ofSeconds(1), new SplittableRandom(1)));
    }
}
