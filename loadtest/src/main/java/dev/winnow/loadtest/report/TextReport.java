package dev.winnow.loadtest.report;

import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import com.github.freva.asciitable.HorizontalAlign;
import dev.winnow.loadtest.statistics.Spread;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A report for people. */
public final class TextReport {
    private TextReport() {}

    /** Returns question, tables and checks of a result. */
    public static String of(Result result) {
        StringBuilder text = new StringBuilder();
        text.append(result.scenario()).append(": ").append(result.question()).append('\n');
        for (Figures table : result.tables()) {
            text.append('\n')
                    .append(table.title())
                    .append('\n')
                    .append(lines(table))
                    .append('\n');
        }
        if (!result.checks().isEmpty()) {
            text.append("\nChecks\n").append(lines(checks(result.checks()))).append('\n');
        }
        return text.toString();
    }

    /** Returns where, when and on what it was measured. */
    public static String of(Machine machine) {
        return "%s, commit %s; %s, %d cores, %s GiB; Java %s, ONNX Runtime %s"
                .formatted(
                        machine.date(),
                        machine.commit(),
                        machine.processor(),
                        machine.cores(),
                        machine.memoryGibibytes(),
                        machine.java(),
                        machine.onnxRuntime());
    }

    private static Figures checks(List<Check> checks) {
        Figures table = Figures.of("Checks", "claim", "measured", "expected", "verdict");
        for (Check check : checks) {
            table = table.with(
                    check.claim(),
                    check.measured(),
                    check.expected(),
                    check.verdict().name().toLowerCase(Locale.ROOT));
        }
        return table;
    }

    private static String lines(Figures table) {
        List<Column> columns = new ArrayList<>();
        for (int column = 0; column < table.columns().size(); column++) {
            int index = column;
            boolean isNumeric = table.rows().stream().noneMatch(row -> row.get(index) instanceof String);
            columns.add(new Column()
                    .header(table.columns().get(column))
                    .maxWidth(100)
                    .headerAlign(HorizontalAlign.LEFT)
                    .dataAlign(isNumeric ? HorizontalAlign.RIGHT : HorizontalAlign.LEFT));
        }
        Object[][] cells = table.rows().stream()
                .map(row -> row.stream().map(TextReport::cell).toArray())
                .toArray(Object[][]::new);
        return AsciiTable.getTable(AsciiTable.BASIC_ASCII_NO_DATA_SEPARATORS, columns.toArray(Column[]::new), cells);
    }

    private static String cell(Object value) {
        return switch (value) {
            case Spread spread ->
                "%s (%s..%s)"
                        .formatted(
                                Numbers.text(spread.median()),
                                Numbers.text(spread.lowest()),
                                Numbers.text(spread.highest()));
            case Double number -> Numbers.text(number);
            default -> value.toString();
        };
    }
}
