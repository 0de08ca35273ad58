package dev.winnow.loadtest.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever is set up: every sample is rewarded or given up, once, and no replica does more than it can. */
class ConservationTest {
    private static final Device CORES =
            new Device.Cores(2, new RunTimes(Map.of(1, 1.0, 100, 20.0)), Duration.ofMillis(1));
    private static final Device GPU = new Device.Gpu(20_000, Duration.ofMillis(5), 400);
    private static final TokenLengths LENGTHS = random -> random.nextInt(1, 200);

    @Property(tries = 200)
    void everySampleIsRewardedOrGivenUp(@ForAll("setUps") SetUp setUp) {
        Observations observed = setUp.observe();

        assertThat(observed.handedOver()).isPositive();
        assertThat(observed.rewarded() + observed.givenUp()).isEqualTo(observed.handedOver());
        // What is given up was refused too often, lost too often, or too late.
        if (setUp.clients().sending() instanceof Sending.Streams) {
            assertThat(observed.givenUp()).isZero();
        }
        assertThat(observed.utilisations())
                .allSatisfy(share -> assertThat(share).isBetween(0.0, 1.0));
    }

    @Property(tries = 30)
    void theSameSetUpGivesTheSameFigures(@ForAll("setUps") SetUp setUp) {
        Observations once = setUp.observe();
        Observations again = setUp.observe();

        assertThat(again.samples()).isEqualTo(once.samples());
        assertThat(again.refusals()).isEqualTo(once.refusals());
        assertThat(again.meanWaitMillis()).isEqualTo(once.meanWaitMillis());
    }

    @Provide
    Arbitrary<SetUp> setUps() {
        Arbitrary<Demand> demands = Arbitraries.of(
                new Demand.Steady(3, 150, LENGTHS),
                new Demand.MicroBatches(3, 150, 100, LENGTHS),
                new Demand.Saturating(50, LENGTHS));
        Arbitrary<Sending> sendings = Arbitraries.of(
                new Sending.Calls(1, Duration.ofSeconds(1), 2),
                new Sending.Calls(16, Duration.ofMinutes(1), Sending.Calls.TRIES),
                new Sending.Streams(1, 8, Sending.Streams.UNLIMITED),
                new Sending.Streams(5, Sending.Streams.UNLIMITED, 20));
        Arbitrary<List<Device>> devices = Arbitraries.of(
                List.of(CORES, GPU), List.of(GPU, new Device.Slowed(GPU, 3)), Collections.nCopies(4, CORES));
        Arbitrary<List<Outage>> outages =
                Arbitraries.of(List.of(), List.of(new Outage(1, Duration.ofSeconds(2), Duration.ofSeconds(4))));
        return Combinators.combine(
                        demands, sendings, Arbitraries.of(Balancing.values()), devices, outages, Arbitraries.longs())
                .as((demand, sending, balancing, replicas, down, seed) -> new SetUp(
                        new SetUp.Clients(demand, sending, balancing, Duration.ofMillis(1)),
                        new SetUp.Replicas(replicas, Duration.ofMillis(500), down),
                        new Watch(Duration.ofSeconds(1), Duration.ofSeconds(5)),
                        seed));
    }
}
