package dev.winnow.loadtest.scenario.scale;

import dev.winnow.loadtest.report.Figures;
import dev.winnow.loadtest.simulation.Balancing;
import dev.winnow.loadtest.simulation.Demand;
import dev.winnow.loadtest.simulation.Observations;
import dev.winnow.loadtest.simulation.Sending;
import dev.winnow.loadtest.simulation.Watch;
import java.time.Duration;
import java.util.List;

/** From which size of micro-batches on replicas refuse calls. */
final class MicroBatchSizes {
    private static final int REPLICAS = 4;
    private static final int SAMPLES_A_CALL = 64;

    private MicroBatchSizes() {}

    private record Burst(int trainers, Duration generation) {}

    static Figures table(Assumptions assumed, ReplicaType type) {
        Figures table = Figures.of(
                "Micro-batches to %d replicas planned for %s, by how long one is generated; admission %s s"
                        .formatted(
                                REPLICAS,
                                assumed.utilisation(),
                                assumed.targetDelay().toMillis() / 1000.0),
                "trainers",
                "generated in s",
                "samples each",
                "work of all at once, s",
                "calls of %d: refused".formatted(SAMPLES_A_CALL),
                "samples given up",
                "micro-batch p99 s",
                "trainers waiting",
                "streams: micro-batch p99 s",
                "trainers waiting");
        List<Burst> bursts = List.of(1, 4, 16).stream()
                .flatMap(trainers -> List.of(2, 5, 10, 20, 40).stream()
                        .map(seconds -> new Burst(trainers, Duration.ofSeconds(seconds))))
                .toList();
        for (Object[] row :
                bursts.parallelStream().map(burst -> row(assumed, type, burst)).toList()) {
            table = table.with(row);
        }
        return table;
    }

    private static Object[] row(Assumptions assumed, ReplicaType type, Burst burst) {
        double perSecond = type.samplesPerSecond(REPLICAS, assumed.utilisation());
        Demand demand = assumed.microBatches(perSecond, burst.trainers, burst.generation);
        Watch watch = new Watch(burst.generation, burst.generation.multipliedBy(5));
        Observations calls = observe(assumed, type, demand, assumed.calls(SAMPLES_A_CALL), watch);
        Observations streams =
                observe(assumed, type, demand, Assumptions.streams(REPLICAS, Sending.Streams.UNLIMITED), watch);
        return new Object[] {
            burst.trainers,
            burst.generation.toSeconds(),
            Assumptions.samplesOfMicroBatch(perSecond, burst.trainers, burst.generation),
            assumed.utilisation() * burst.generation.toSeconds(),
            calls.refusedShare(),
            calls.givenUpShare(),
            calls.microBatches().millis(99) / 1000,
            calls.trainersWaiting(burst.trainers),
            streams.microBatches().millis(99) / 1000,
            streams.trainersWaiting(burst.trainers)
        };
    }

    private static Observations observe(
            Assumptions assumed, ReplicaType type, Demand demand, Sending sending, Watch watch) {
        return assumed.observe(demand, sending, Balancing.ROUND_ROBIN, assumed.replicas(type, REPLICAS), watch);
    }
}
