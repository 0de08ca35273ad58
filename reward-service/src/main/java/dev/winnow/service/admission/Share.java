package dev.winnow.service.admission;

import dev.winnow.service.domain.Caller;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What one caller has in flight, and what of it waits for room. Guarded by its admission. */
final class Share {
    /** A sample that waits. */
    record Place(long bytes, CompletableFuture<Permit> future) {}

    final Caller caller;
    final Deque<Place> waiting = new ArrayDeque<>();
    Cost inFlight = new Cost(0, 0);
    int permits;

    Share(Caller caller) {
        this.caller = caller;
    }

    boolean isIdle() {
        return permits == 0 && first() == null;
    }

    /** Of samples that wait, but for those that were given up. */
    long waitingBytes() {
        return waiting.stream()
                .filter(place -> !place.future().isDone())
                .mapToLong(Place::bytes)
                .sum();
    }

    /** The sample whose turn it is, or null; those before it that were given up are forgotten. */
    @Nullable
    Place first() {
        while (!waiting.isEmpty() && waiting.peek().future().isDone()) {
            waiting.remove();
        }
        return waiting.peek();
    }
}
