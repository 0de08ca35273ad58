package dev.winnow.loadtest.simulation;

import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * Simulated time: it jumps from event to event. Of events that are due at the same instant the one that was planned first
 * comes first. Not thread-safe.
 */
final class Timeline {
    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private long now;
    private long planned;

    private record Event(long at, long number, Runnable action) implements Comparable<Event> {
        private static final Comparator<Event> ORDER =
                Comparator.comparingLong(Event::at).thenComparingLong(Event::number);

        @Override
        public int compareTo(Event other) {
            return ORDER.compare(this, other);
        }
    }

    /** Nanoseconds since the start. */
    long now() {
        return now;
    }

    /** Plans an event. */
    void after(long nanos, Runnable action) {
        if (nanos < 0) {
            throw new IllegalArgumentException("nanos: %d (expected: >= 0)".formatted(nanos));
        }
        events.add(new Event(now + nanos, planned++, action));
    }

    /** Lets time pass until no event is left, those included that others plan. */
    void run() {
        for (Event next = events.poll(); next != null; next = events.poll()) {
            now = next.at;
            next.action.run();
        }
    }
}
