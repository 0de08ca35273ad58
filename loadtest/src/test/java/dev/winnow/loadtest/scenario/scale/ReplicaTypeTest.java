package dev.winnow.loadtest.scenario.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.winnow.loadtest.simulation.Device;
import dev.winnow.loadtest.simulation.RunTimes;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReplicaTypeTest {
    private static final Assumptions ASSUMED = new Assumptions(
            _ -> 100,
            1,
            Duration.ofSeconds(1),
            0.7,
            Duration.ofSeconds(10),
            Duration.ofMinutes(1),
            Duration.ofMillis(1),
            Duration.ofSeconds(1),
            1);

    @Test
    void capacityIsThatOfAFullQueue() {
        RunTimes runTimes = new RunTimes(Map.of(1, 0.19, 101, 19.19));

        ReplicaType cores = ReplicaType.of("two cores", new Device.Cores(2, runTimes, Duration.ofMillis(1)), ASSUMED);
        ReplicaType gpu = ReplicaType.of("GPU", new Device.Gpu(50_000, Duration.ofMillis(4), 850), ASSUMED);

        assertThat(cores.capacity()).as("20 ms a row on each").isCloseTo(100, within(0.2));
        assertThat(gpu.capacity()).as("8 rows in 4 + 16 ms").isCloseTo(400, within(4.0));
    }

    @Test
    void replicasKeepWithinAUtilisation() {
        RunTimes runTimes = new RunTimes(Map.of(1, 0.1, 101, 10.1));
        ReplicaType type = new ReplicaType("a core", new Device.Cores(1, runTimes, Duration.ZERO), 100);

        assertThat(type.replicas(700, 0.7)).isEqualTo(10);
        assertThat(type.replicas(701, 0.7)).isEqualTo(11);
        assertThat(type.samplesPerSecond(10, 0.5)).isEqualTo(500);
    }
}
