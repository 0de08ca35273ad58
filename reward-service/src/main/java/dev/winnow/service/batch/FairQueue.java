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
 * comes anew starts level with who is served now, so that idling earns nothing. An item is in it at most once. Not
 * thread-safe.
 */
final class FairQueue<T> {
    private final Map<Caller, Line> lines = new HashMap<>();
    private final TreeSet<Line> turns =
            new TreeSet<>(Comparator.<Line>comparingLong(line -> line.start).thenComparingLong(line -> line.turn));
    private long virtualTime;
    private long nextTurn;
    private int size;

    /** What waits of one caller, in order, with its costs. */
    private final class Line {
        private final Map<T, Integer> costs = new LinkedHashMap<>();
        private long start;
        private long turn;

        T head() {
            return costs.keySet().iterator().next();
        }
    }

    int size() {
        return size;
    }

    /** Adds work that costs {@code cost} of what is shared. */
    void add(Caller caller, int cost, T item) {
        Line line = lines.computeIfAbsent(caller, _ -> new Line());
        if (line.costs.isEmpty()) {
            line.start = Math.max(line.start, virtualTime);
            takeTurn(line);
        }
        line.costs.put(item, cost);
        size++;
    }

    /** What is next, or null if nothing waits. */
    @Nullable
    T peek() {
        return turns.isEmpty() ? null : turns.first().head();
    }

    /** Takes an item out, wherever it stands, and charges its caller for it; whether it was there. */
    boolean take(Caller caller, T item) {
        return remove(caller, item, true);
    }

    /** Takes an item out that is not served; whether it was there. */
    boolean drop(Caller caller, T item) {
        return remove(caller, item, false);
    }

    private boolean remove(Caller caller, T item, boolean served) {
        Line line = lines.get(caller);
        Integer cost = line == null ? null : line.costs.remove(item);
        if (line == null || cost == null) {
            return false;
        }
        size--;
        turns.remove(line);
        if (served) {
            virtualTime = Math.max(virtualTime, line.start);
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
