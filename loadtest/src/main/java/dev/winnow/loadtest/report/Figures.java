package dev.winnow.loadtest.report;

import dev.winnow.loadtest.statistics.Spread;
import java.util.ArrayList;
import java.util.List;

/**
 * A table of what was measured.
 *
 * @param title what the rows are
 * @param columns their headings, with units
 * @param rows texts, numbers and {@link Spread}s; one a column
 */
public record Figures(String title, List<String> columns, List<List<Object>> rows) {
    /** Refuses rows that are not as long as the headings. */
    public Figures {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
        for (List<Object> row : rows) {
            if (row.size() != columns.size()) {
                throw new IllegalArgumentException(
                        "row: %s (expected: one value for each of %s)".formatted(row, columns));
            }
        }
    }

    /** A table without rows. */
    public static Figures of(String title, String... columns) {
        return new Figures(title, List.of(columns), List.of());
    }

    /** Returns the table with one more row. */
    public Figures with(Object... row) {
        List<List<Object>> more = new ArrayList<>(rows);
        more.add(List.of(row));
        return new Figures(title, columns, more);
    }
}
