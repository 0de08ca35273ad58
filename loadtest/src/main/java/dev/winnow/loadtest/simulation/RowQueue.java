package dev.winnow.loadtest.simulation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Rows that wait for a run: callers by turns of equal tokens (start-time fair queueing), each caller's in the order of
 * arrival. With the row whose turn it is run those of near lengths that the budget has room for. Not thread-safe.
 */
final class RowQueue {
    private final int tokenBudget;
    private final Map<Integer, Line> lines = new LinkedHashMap<>();
    private final RowsByLength lengths = new RowsByLength();
    private int size;
    private long virtualTime;
    private long turns;

    /** What waits of one caller. */
    private static final class Line {
        final Deque<Row> rows = new ArrayDeque<>();
        long start;
        long turn;

        /** The row whose turn it is; those before it that another's run took along are forgotten. */
        @Nullable
        Row head() {
            while (!rows.isEmpty() && !rows.element().isWaiting()) {
                rows.remove();
            }
            return rows.peek();
        }

        boolean isBefore(Line other) {
            return start < other.start || (start == other.start && turn < other.turn);
        }
    }

    /**
     * Creates an empty queue.
     *
     * @param tokenBudget most padded tokens that run together; 1 for rows alone
     */
    RowQueue(int tokenBudget) {
        this.tokenBudget = tokenBudget;
    }

    void add(Row row) {
        Line line = lines.computeIfAbsent(row.sample.caller, _ -> new Line());
        if (line.head() == null) {
            line.start = Math.max(line.start, virtualTime);
            line.turn = turns++;
        }
        line.rows.add(row);
        lengths.add(row);
        size++;
    }

    /** Takes out what runs next; nothing where nothing waits. */
    List<Row> poll() {
        Line next = null;
        for (Line line : lines.values()) {
            if (line.head() != null && (next == null || line.isBefore(next))) {
                next = line;
            }
        }
        if (next == null) {
            return List.of();
        }
        virtualTime = Math.max(virtualTime, next.start);
        Row head = next.rows.element();
        List<Row> batch = new ArrayList<>();
        int width = head.tokens();
        for (Row row = head;
                row != null;
                row = lengths.nearest(head.tokens(), width, tokenBudget / (batch.size() + 1))) {
            take(row);
            batch.add(row);
            width = Math.max(width, row.tokens());
        }
        if (size == 0) {
            // Nobody is ahead of anybody any more.
            lines.clear();
            virtualTime = 0;
        }
        return batch;
    }

    private void take(Row row) {
        row.take();
        lengths.remove(row);
        size--;
        Line line = Objects.requireNonNull(lines.get(row.sample.caller));
        line.start += row.tokens();
        line.turn = turns++;
    }
}
