package dev.winnow.loadtest.load;

import dev.winnow.loadtest.statistics.Latencies;
import dev.winnow.v1.ScoreRequest;
import java.util.Iterator;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** Starts calls when they are due, whatever became of those before. Latency counts from when a call was due. */
public final class OpenLoop {
    private OpenLoop() {}

    /**
     * What a load was like.
     *
     * @param fromDue latencies from when calls were due: what a user waits
     * @param fromStart latencies from when they did start: what is the service's part of it
     * @param lateness the difference; where it is large the generator did not keep up
     * @param seconds from the start until the last answer
     */
    public record Load(Tally fromDue, Tally fromStart, Latencies lateness, double seconds) {
        /** Returns rewarded calls a second. */
        public double goodput() {
            return fromDue.count(Outcome.REWARDED) / seconds;
        }
    }

    /** Runs a load; returns when every call has been answered. */
    public static Load run(Arrivals arrivals, Iterator<ScoreRequest> requests, Client client)
            throws InterruptedException {
        return run(arrivals, requests, client, answer -> {});
    }

    /**
     * Runs a load; returns when every call has been answered.
     *
     * @param requests at least one for each arrival
     * @param observer told of every answer, in a thread of the channel
     */
    public static Load run(Arrivals arrivals, Iterator<ScoreRequest> requests, Client client, Consumer<Answer> observer)
            throws InterruptedException {
        Tally fromDue = new Tally();
        Tally fromStart = new Tally();
        Latencies lateness = new Latencies();
        CallsInFlight calls = new CallsInFlight(Integer.MAX_VALUE);
        long start = System.nanoTime();
        for (int index = 0; index < arrivals.count(); index++) {
            ScoreRequest request = requests.next();
            long due = start + arrivals.nanos(index);
            awaitNanoTime(due);
            long started = System.nanoTime();
            lateness.add(started - due);
            calls.start(client.score(request), answer -> {
                long answered = System.nanoTime();
                fromDue.add(answer, answered - due);
                fromStart.add(answer, answered - started);
                observer.accept(answer);
            });
        }
        calls.awaitAll();
        return new Load(fromDue, fromStart, lateness, (System.nanoTime() - start) / 1e9);
    }

    private static void awaitNanoTime(long due) throws InterruptedException {
        for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
            if (Thread.interrupted()) {
                throw new InterruptedException("load");
            }
            LockSupport.parkNanos(left);
        }
    }
}
