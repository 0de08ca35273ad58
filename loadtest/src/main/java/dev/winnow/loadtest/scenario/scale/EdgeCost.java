package dev.winnow.loadtest.scenario.scale;

import dev.winnow.loadtest.report.Figures;
import java.time.Duration;
import java.util.List;

/** What a demand takes beside the runs of the models. Arithmetic; nothing is simulated. */
final class EdgeCost {
    private EdgeCost() {}

    /**
     * Makes the table.
     *
     * @param edge of a sample, of one core
     * @param replicas that a trainer has a connection to each of
     */
    static Figures table(Assumptions assumed, Duration edge, List<Double> samplesPerMinute, int replicas) {
        Figures table = Figures.of(
                "Beside the runs: %s ms of a core a sample; %d trainers with a connection to each of %d replicas"
                        .formatted(edge.toNanos() / 1e6, assumed.trainers(), replicas),
                "samples/min",
                "samples/s",
                "cores, all replicas",
                "samples/s of a connection",
                "the same, one connection a trainer",
                "most of a connection, if one core did it all");
        double seconds = edge.toNanos() / 1e9;
        for (double perMinute : samplesPerMinute) {
            double perSecond = perMinute / 60;
            table = table.with(
                    perMinute,
                    perSecond,
                    perSecond * seconds,
                    perSecond / assumed.trainers() / replicas,
                    perSecond / assumed.trainers(),
                    1 / seconds);
        }
        return table;
    }
}
