package dev.winnow.loadtest.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Micro-batches of 100 samples, each 10 ms of one core: a second. */
class MicroBatchSourceTest {
    @Test
    void aTrainerThatGeneratesSlowerThanItIsRewardedNeverWaits() {
        Observations observed = observe(50);

        assertThat(observed.trainersWaiting(1)).isZero();
        assertThat(observed.microBatches().millis(100)).isCloseTo(1000, within(1.0));
        assertThat(observed.utilisations().getFirst()).isCloseTo(0.5, within(0.03));
    }

    @Test
    void aTrainerThatGeneratesFasterWaitsForTheRest() {
        Observations observed = observe(200);

        // Half a second of each second is generated.
        assertThat(observed.trainersWaiting(1)).isCloseTo(0.5, within(0.03));
        assertThat(observed.utilisations().getFirst()).isCloseTo(1, within(0.01));
    }

    private static Observations observe(double samplesPerSecond) {
        Device core = new Device.Cores(1, new RunTimes(Map.of(1, 1.0, 1000, 1000.0)), Duration.ZERO);
        return new SetUp(
                        new SetUp.Clients(
                                new Demand.MicroBatches(1, samplesPerSecond, 100, _ -> 10),
                                new Sending.Calls(10, Duration.ofMinutes(1), Sending.Calls.TRIES),
                                Balancing.ROUND_ROBIN,
                                Duration.ZERO),
                        new SetUp.Replicas(List.of(core), Duration.ofSeconds(10), List.of()),
                        new Watch(Duration.ofSeconds(10), Duration.ofSeconds(110)),
                        1)
                .observe();
    }
}
