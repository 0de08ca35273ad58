package dev.winnow.loadtest.scenario;

import dev.winnow.loadtest.report.Check;
import dev.winnow.loadtest.statistics.Latencies;

/** Whether the generator itself was fast enough to say anything of the service. */
final class Generator {
    private static final double MOST_MILLIS_LATE = 50;

    private Generator() {}

    static Check keptUp(Latencies lateness) {
        return Check.atMost(
                "generator: ms that calls started late, 99th percentile", lateness.millis(99), MOST_MILLIS_LATE);
    }
}
