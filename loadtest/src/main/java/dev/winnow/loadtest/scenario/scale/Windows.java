package dev.winnow.loadtest.scenario.scale;

import dev.winnow.loadtest.report.Figures;
import dev.winnow.loadtest.simulation.Balancing;
import dev.winnow.loadtest.simulation.Observations;
import java.util.ArrayList;
import java.util.List;

/** How many samples a stream should have in flight. */
final class Windows {
    private static final int REPLICAS = 4;

    private Windows() {}

    static Figures table(Assumptions assumed, List<ReplicaType> types) {
        List<String> headings = new ArrayList<>(List.of("samples in flight"));
        for (ReplicaType type : types) {
            headings.add(type.name() + ": micro-batch p50 ms");
            headings.add("p99 ms");
            headings.add("trainers waiting");
        }
        Figures table = Figures.of(
                "A stream of each trainer to each of %d replicas at a utilisation of %s, by samples in flight of each"
                        .formatted(REPLICAS, assumed.utilisation()),
                headings.toArray(String[]::new));
        for (List<Object> row : List.of(1, 2, 4, 8, 16, 32, 64, 128, 256).parallelStream()
                .map(window -> row(assumed, types, window))
                .toList()) {
            table = table.with(row.toArray());
        }
        return table;
    }

    private static List<Object> row(Assumptions assumed, List<ReplicaType> types, int window) {
        List<Object> row = new ArrayList<>(List.of(window));
        for (ReplicaType type : types) {
            double perSecond = type.samplesPerSecond(REPLICAS, assumed.utilisation());
            Observations observed = assumed.observe(
                    assumed.microBatches(perSecond),
                    Assumptions.streams(REPLICAS, window),
                    Balancing.ROUND_ROBIN,
                    assumed.replicas(type, REPLICAS),
                    assumed.watch(perSecond));
            row.add(observed.microBatches().millis(50));
            row.add(observed.microBatches().millis(99));
            row.add(observed.trainersWaiting(assumed.trainers()));
        }
        return row;
    }
}
