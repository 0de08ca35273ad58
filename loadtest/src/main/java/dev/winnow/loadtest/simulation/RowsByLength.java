package dev.winnow.loadtest.simulation;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Rows that wait, by their tokens; equal ones in the order of arrival. Not thread-safe. */
final class RowsByLength {
    private final NavigableMap<Integer, LinkedHashSet<Row>> rows = new TreeMap<>();

    void add(Row row) {
        rows.computeIfAbsent(row.tokens(), _ -> new LinkedHashSet<>()).add(row);
    }

    void remove(Row row) {
        rows.computeIfPresent(row.tokens(), (_, equal) -> equal.remove(row) && equal.isEmpty() ? null : equal);
    }

    /**
     * Returns the row nearest in length to the head of a batch, of two as near the shorter.
     *
     * @param head tokens of the head
     * @param width tokens of the longest in the batch
     * @param room the width that a batch with one row more may have
     * @return null where no row leaves the batch within {@code room}
     */
    @Nullable
    Row nearest(int head, int width, int room) {
        if (width > room) {
            return null;
        }
        Map.Entry<Integer, LinkedHashSet<Row>> shorter = rows.floorEntry(head);
        Map.Entry<Integer, LinkedHashSet<Row>> longer = rows.higherEntry(head);
        if (longer == null || longer.getKey() > room) {
            return shorter == null ? null : shorter.getValue().getFirst();
        }
        return shorter == null || longer.getKey() - head < head - shorter.getKey()
                ? longer.getValue().getFirst()
                : shorter.getValue().getFirst();
    }
}
