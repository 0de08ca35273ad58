package dev.winnow.loadtest.load;

import dev.winnow.v1.ScoreRequest;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;

/** Keeps so many calls in flight; each answer starts the next. Finds what a service can do at most. */
public final class ClosedLoop {
    private ClosedLoop() {}

    /**
     * What a load was like.
     *
     * @param seconds from the first call to the last answer
     */
    public record Load(Tally tally, double seconds) {
        /** Returns rewarded calls a second. */
        public double perSecond() {
            return tally.count(Outcome.REWARDED) / seconds;
        }
    }

    /** Makes all calls; returns when every one has been answered. */
    public static Load run(List<ScoreRequest> requests, Client client, int inFlight) throws InterruptedException {
        return run(requests.iterator(), client, inFlight, () -> true, (request, answer) -> {});
    }

    /** Makes calls for so long; returns when every one has been answered. */
    public static Load run(Iterator<ScoreRequest> requests, Client client, int inFlight, Duration duration)
            throws InterruptedException {
        long start = System.nanoTime();
        return run(
                requests,
                client,
                inFlight,
                () -> System.nanoTime() - start < duration.toNanos(),
                (request, answer) -> {});
    }

    /**
     * Makes calls as long as there are any and they are wanted; returns when every one has been answered.
     *
     * @param observer told of every call's answer, in a thread of the channel
     */
    public static Load run(
            Iterator<ScoreRequest> requests,
            Client client,
            int inFlight,
            BooleanSupplier isWanted,
            BiConsumer<ScoreRequest, Answer> observer)
            throws InterruptedException {
        Tally tally = new Tally();
        CallsInFlight calls = new CallsInFlight(inFlight);
        long start = System.nanoTime();
        while (isWanted.getAsBoolean() && requests.hasNext()) {
            ScoreRequest request = requests.next();
            calls.awaitRoom();
            long sent = System.nanoTime();
            calls.start(client.score(request), answer -> {
                tally.add(answer, System.nanoTime() - sent);
                observer.accept(request, answer);
            });
        }
        calls.awaitAll();
        return new Load(tally, (System.nanoTime() - start) / 1e9);
    }
}
