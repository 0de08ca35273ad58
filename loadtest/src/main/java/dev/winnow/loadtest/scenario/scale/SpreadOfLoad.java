package dev.winnow.loadtest.scenario.scale;

import dev.winnow.loadtest.report.Figures;
import dev.winnow.loadtest.simulation.Observations;
import dev.winnow.loadtest.simulation.Sending;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;

/** How evenly replicas are loaded by calls of several sizes and by several numbers of streams. */
final class SpreadOfLoad {
    /** The service's {@code winnow.maximum-samples-per-call}, at which the Java client cuts a micro-batch. */
    private static final int LARGEST_CALL = 4096;

    private SpreadOfLoad() {}

    static Figures table(Assumptions assumed, ReplicaType type, int replicas) {
        Figures table = Figures.of(
                "Micro-batches to %d replicas at a utilisation of %s, in several ways; shares of what is even"
                        .formatted(replicas, assumed.utilisation()),
                "sent as",
                "idlest replica",
                "busiest replica",
                "wait p50 ms",
                "wait p99 ms",
                "micro-batch p99 ms",
                "trainers waiting");
        for (Object[] row : ways(assumed, replicas).parallelStream()
                .map(way -> row(assumed, type, replicas, way))
                .toList()) {
            table = table.with(row);
        }
        return table;
    }

    private static List<Way> ways(Assumptions assumed, int replicas) {
        List<Way> ways = new ArrayList<>();
        for (int samples : List.of(1, 16, 64, 256, 1024, LARGEST_CALL)) {
            ways.add(Way.inTurn("calls of " + samples, assumed.calls(samples)));
        }
        for (int streams : new TreeSet<>(List.of(
                1,
                Math.max(1, replicas / 4),
                Math.max(1, replicas / 2),
                replicas,
                replicas + replicas / 2,
                2 * replicas,
                4 * replicas))) {
            ways.add(Way.inTurn(
                    "streams: %d a trainer".formatted(streams),
                    Assumptions.streams(streams, Sending.Streams.UNLIMITED)));
        }
        return ways;
    }

    private static Object[] row(Assumptions assumed, ReplicaType type, int replicas, Way way) {
        double perSecond = type.samplesPerSecond(replicas, assumed.utilisation());
        Observations observed = assumed.observe(
                assumed.microBatches(perSecond),
                way.sending(),
                way.balancing(),
                assumed.replicas(type, replicas),
                assumed.watch(perSecond));
        return new Object[] {
            way.name(),
            Collections.min(observed.utilisations()) / assumed.utilisation(),
            Collections.max(observed.utilisations()) / assumed.utilisation(),
            observed.waits().millis(50),
            observed.waits().millis(99),
            observed.microBatches().millis(99),
            observed.trainersWaiting(assumed.trainers())
        };
    }
}
