package dev.winnow.loadtest.scenario.scale;

import dev.winnow.loadtest.simulation.Balancing;
import dev.winnow.loadtest.simulation.Demand;
import dev.winnow.loadtest.simulation.Device;
import dev.winnow.loadtest.simulation.SetUp;
import dev.winnow.loadtest.simulation.Watch;
import java.time.Duration;
import java.util.List;

/**
 * A kind of replica.
 *
 * @param name in the tables
 * @param capacity samples a second that one does at most, of the lengths that are assumed
 */
record ReplicaType(String name, Device device, double capacity) {
    private static final Watch WATCH = new Watch(Duration.ofSeconds(1), Duration.ofSeconds(21));

    /** So long that nothing is refused: refusals favour short samples. */
    private static final Duration NEVER_REFUSED = Duration.ofHours(1);

    /** Finds the capacity with a queue that is always full. */
    static ReplicaType of(String name, Device device, Assumptions assumed) {
        double capacity = assumed.observe(
                        new Demand.Saturating(rowsThatKeepBusy(device), assumed.lengths()),
                        assumed.calls(1),
                        Balancing.ROUND_ROBIN,
                        new SetUp.Replicas(List.of(device), NEVER_REFUSED, List.of()),
                        WATCH)
                .goodput();
        return new ReplicaType(name, device, capacity);
    }

    /** Several for each lane, and so many that batches of near lengths are full. */
    private static int rowsThatKeepBusy(Device device) {
        return 8 * device.lanes() + device.tokenBudget() / 10;
    }

    /** Returns the samples a second that so many do at a utilisation. */
    double samplesPerSecond(int replicas, double utilisation) {
        return capacity * replicas * utilisation;
    }

    /** Returns how many do so many samples a second within a utilisation. */
    int replicas(double samplesPerSecond, double utilisation) {
        return (int) Math.ceil(samplesPerSecond / (capacity * utilisation));
    }
}
