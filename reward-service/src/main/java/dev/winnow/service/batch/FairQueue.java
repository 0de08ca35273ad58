package dev.winnow.service.batch;

import dev.winnow.service.domain.Caller;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A queue that shares what empties it evenly among callers: each is served in proportion to the cost of its work, however
 * much of it waits, and its own work in the order of arrival. With one caller it is first in, first out.
 *
 * <p>Start-time fair queueing (Goyal, Vin and Cheng, 1996): next is the caller whose work began least far along; one that
 * comes anew starts level with who is served now, so that idling earns nothing. An item is in it at most once for each
 * caller. Not thread-safe.
 */
final class FairQueue<T> {
    private final Map<Caller, Line> lines = new HashMap<>();
    private final TreeSet<Line> turns =
            new TreeSet<>(Comparator.<Line>comparingLong(line -> line.start).thenComparingLong(line -> line.turn));
    private long virtualTime;
    private long nextTurn;
    private int size;

    /** What is to be served next. */
    record Turn<T>(Caller caller, T item) {}

    /** What waits of one caller, in order, with its costs. */
    private final class Line {
        private final Caller caller;
        private final Map<T, Integer> costs = new LinkedHashMap<>();
        private long start;
        private long turn;

        Line(Caller caller) {
            this.caller = caller;
        }

        T head() {
            return costs.keySet().iterator().next();
        }
    }

    int size() {
        return size;
    }

    /** Adds work that costs {@code cost} of what is shared. */
    void add(Caller caller, int cost, T item) {
        Line line = lines.computeIfAbsent(caller, Line::new);
        if (line.costs.isEmpty()) {
            line.start = Math.max(line.start, virtualTime);
            takeTurn(line);
        }
        line.costs.put(item, cost);
        size++;
    }

    /** Whose turn it is, and with what; null if nothing waits. */
    @Nullable
    Turn<T> next() {
        return turns.isEmpty()
                ? null
                : new Turn<>(turns.first().caller, turns.first().head());
    }

    /** Takes out what is next, and charges its caller for it. */
    void take(Turn<T> turn) {
        Line line = lines.get(turn.caller());
        virtualTime = line == null ? virtualTime : Math.max(virtualTime, line.start);
        remove(turn.caller(), turn.item(), true);
    }

    /** Takes an item out before its turn, since it costs less beside another, and charges its caller for it. */
    void takeAlong(Caller caller, T item) {
        remove(caller, item, true);
    }

    /** Takes an item out that its caller is not charged for; whether it was there. */
    boolean drop(Caller caller, T item) {
        return remove(caller, item, false);
    }

    private boolean remove(Caller caller, T item, boolean charged) {
        Line line = lines.get(caller);
        Integer cost = line == null ? null : line.costs.remove(item);
        if (line == null || cost == null) {
            return false;
        }
        size--;
        turns.remove(line);
        if (charged) {
            line.start += cost;
        }
        if (!line.costs.isEmpty()) {
            takeTurn(line);
        }
        forgetIdle();
        return true;
    }

    /** Among callers that have had as much, the one that waits longest comes first. */
    private void takeTurn(Line line) {
        line.turn = nextTurn++;
        turns.add(line);
    }

    /** Callers who wait for nothing and are not ahead of the others need no memory. */
    private void forgetIdle() {
        if (size == 0) {
            lines.clear();
            virtualTime = 0;
        } else if (lines.size() > 2 * turns.size() + 16) {
            lines.values().removeIf(line -> line.costs.isEmpty() && line.start <= virtualTime);
        }
    }
}
