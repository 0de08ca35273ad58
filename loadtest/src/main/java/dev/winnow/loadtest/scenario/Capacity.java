package dev.winnow.loadtest.scenario;

import dev.winnow.loadtest.load.Client;
import dev.winnow.loadtest.load.ClosedLoop;
import dev.winnow.loadtest.load.Outcome;
import dev.winnow.v1.ScoreRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.Iterator;

/** What a service can do at most: calls a second in a closed loop that always keeps it busy. */
final class Capacity {
    /** Enough to keep some cores busy, and few enough to be admitted. */
    private static final int IN_FLIGHT = 8 * Runtime.getRuntime().availableProcessors();

    private Capacity() {}

    /** Runs twice for so long, first to warm the service up. */
    static double measureWarm(Iterator<ScoreRequest> calls, Client client, Duration duration)
            throws IOException, InterruptedException {
        measure(calls, client, duration);
        return measure(calls, client, duration);
    }

    /**
     * Runs for so long.
     *
     * @throws IOException where a call fails
     */
    static double measure(Iterator<ScoreRequest> calls, Client client, Duration duration)
            throws IOException, InterruptedException {
        ClosedLoop.Load load = ClosedLoop.run(calls, client, IN_FLIGHT, duration);
        if (load.tally().count(Outcome.REWARDED) < load.tally().count()) {
            throw new IOException("calls without rewards at %d in flight: %d of %d, failed %s (expected: none)"
                    .formatted(
                            IN_FLIGHT,
                            load.tally().count() - load.tally().count(Outcome.REWARDED),
                            load.tally().count(),
                            load.tally().reasons()));
        }
        return load.perSecond();
    }
}
