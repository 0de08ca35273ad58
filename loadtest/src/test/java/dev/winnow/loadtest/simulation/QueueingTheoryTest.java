package dev.winnow.loadtest.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The simulation against the closed forms of queueing theory, where there are some. */
class QueueingTheoryTest {
    private static final Duration HOUR = Duration.ofHours(1);

    /** A token takes a microsecond. */
    private static final RunTimes LINEAR = new RunTimes(Map.of(1, 0.001, 1_000_000, 1000.0));

    private static final int MEAN_TOKENS = 10_000;
    private static final double SERVICE_MILLIS = 10;
    private static final TokenLengths CONSTANT = _ -> MEAN_TOKENS;
    private static final TokenLengths EXPONENTIAL =
            random -> (int) Math.max(1, Math.round(MEAN_TOKENS * random.nextExponential()));

    /** Pollaczek and Khinchine: S rho / 2 (1 - rho). */
    @ParameterizedTest
    @ValueSource(doubles = {0.5, 0.8})
    void constantServiceOfOneServer(double load) {
        assertThat(meanWaitMillis(1, load, CONSTANT))
                .isCloseTo(SERVICE_MILLIS * load / (2 * (1 - load)), withinPercentage(4));
    }

    /** S rho / (1 - rho). */
    @ParameterizedTest
    @ValueSource(doubles = {0.5, 0.8})
    void exponentialServiceOfOneServer(double load) {
        assertThat(meanWaitMillis(1, load, EXPONENTIAL))
                .isCloseTo(SERVICE_MILLIS * load / (1 - load), withinPercentage(4));
    }

    /** Erlang C: the share of those who wait, times S / c (1 - rho). */
    @ParameterizedTest
    @ValueSource(ints = {2, 8})
    void exponentialServiceOfSeveralServers(int servers) {
        double load = 0.8;
        double offered = load * servers;
        double last =
                IntStream.rangeClosed(1, servers).mapToDouble(n -> offered / n).reduce(1, (a, b) -> a * b) / (1 - load);
        double others = IntStream.range(0, servers)
                .mapToDouble(count -> IntStream.rangeClosed(1, count)
                        .mapToDouble(n -> offered / n)
                        .reduce(1, (a, b) -> a * b))
                .sum();
        double waiting = last / (others + last);

        assertThat(meanWaitMillis(servers, load, EXPONENTIAL))
                .isCloseTo(waiting * SERVICE_MILLIS / (servers * (1 - load)), withinPercentage(4));
    }

    /** Two in flight at one server: each waits for the other, and the server never idles. */
    @Test
    void twoInFlightWaitForEachOther() {
        Observations observed = observe(
                new Demand.Saturating(2, CONSTANT),
                new Device.Cores(1, LINEAR, Duration.ZERO),
                Duration.ZERO,
                Duration.ofSeconds(1));

        assertThat(observed.goodput()).isEqualTo(1000 / SERVICE_MILLIS);
        assertThat(observed.meanWaitMillis()).isEqualTo(SERVICE_MILLIS);
        assertThat(observed.utilisations()).containsExactly(1.0);
    }

    /** One in flight: a sample each run and round trip. */
    @Test
    void theRoundTripIsPartOfACall() {
        Observations observed = observe(
                new Demand.Saturating(1, CONSTANT),
                new Device.Cores(1, LINEAR, Duration.ofMillis(5)),
                Duration.ofMillis(25),
                Duration.ofSeconds(4));

        assertThat(observed.goodput()).isEqualTo(25);
        assertThat(observed.totals().millis(50)).isCloseTo(40, withinPercentage(1));
        assertThat(observed.utilisations()).containsExactly(15 / 40.0);
    }

    /** A full queue: every batch has as many rows as the budget has room for. */
    @Test
    void aGpuRunsFullBatches() {
        Observations observed = observe(
                new Demand.Saturating(64, _ -> 100),
                new Device.Gpu(100_000, Duration.ofMillis(2), 850),
                Duration.ZERO,
                Duration.ofSeconds(10));

        // 8 rows of 100 tokens in 2 + 8 ms; the first batch is the one row that finds it idle.
        assertThat(observed.goodput()).isCloseTo(800, withinPercentage(0.5));
    }

    private static double meanWaitMillis(int servers, double load, TokenLengths lengths) {
        return observe(
                        new Demand.Steady(1, load * servers * 1000 / SERVICE_MILLIS, lengths),
                        new Device.Cores(servers, LINEAR, Duration.ZERO),
                        Duration.ZERO,
                        HOUR.multipliedBy(2).dividedBy(servers))
                .meanWaitMillis();
    }

    private static Observations observe(Demand demand, Device device, Duration roundTrip, Duration duration) {
        return new SetUp(
                        new SetUp.Clients(
                                demand,
                                new Sending.Calls(1, HOUR, Sending.Calls.TRIES),
                                Balancing.ROUND_ROBIN,
                                roundTrip),
                        new SetUp.Replicas(List.of(device), HOUR, List.of()),
                        new Watch(duration.dividedBy(2), duration),
                        1)
                .observe();
    }
}
