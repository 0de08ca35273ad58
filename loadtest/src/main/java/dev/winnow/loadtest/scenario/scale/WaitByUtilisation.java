package dev.winnow.loadtest.scenario.scale;

import dev.winnow.loadtest.report.Chart;
import dev.winnow.loadtest.report.Figures;
import dev.winnow.loadtest.simulation.Balancing;
import dev.winnow.loadtest.simulation.Demand;
import dev.winnow.loadtest.simulation.Sending;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** How long samples wait by the replicas' utilisation, sent in several ways. */
final class WaitByUtilisation {
    private static final List<Double> UTILISATIONS = List.of(0.5, 0.6, 0.7, 0.8, 0.9);

    private final Assumptions assumed;
    private final ReplicaType type;
    private final int replicas;
    private final List<Column> columns;

    /** For each column the 99th percentiles in milliseconds, by utilisation. */
    private final List<List<Double>> waits;

    private record Column(String name, boolean isSteady, Sending sending, Balancing balancing) {}

    private record Cell(Column column, double utilisation) {}

    WaitByUtilisation(Assumptions assumed, ReplicaType type, int replicas) {
        this.assumed = assumed;
        this.type = type;
        this.replicas = replicas;
        Sending everyOther = Assumptions.streams(Math.max(1, replicas / 2), Sending.Streams.UNLIMITED);
        this.columns = List.of(
                new Column("steady, least loaded", true, assumed.calls(1), Balancing.LEAST_LOADED),
                new Column("steady, power of two", true, assumed.calls(1), Balancing.POWER_OF_TWO),
                new Column("steady, in turn", true, assumed.calls(1), Balancing.ROUND_ROBIN),
                new Column("steady, half as many streams", true, everyOther, Balancing.ROUND_ROBIN),
                new Column("micro-batches, in turn", false, assumed.calls(16), Balancing.ROUND_ROBIN),
                new Column("micro-batches, half as many streams", false, everyOther, Balancing.ROUND_ROBIN));
        List<Cell> cells = columns.stream()
                .flatMap(column -> UTILISATIONS.stream().map(utilisation -> new Cell(column, utilisation)))
                .toList();
        List<Double> all = cells.parallelStream().map(this::wait).toList();
        this.waits = IntStream.range(0, columns.size())
                .mapToObj(column -> all.subList(column * UTILISATIONS.size(), (column + 1) * UTILISATIONS.size()))
                .toList();
    }

    private double wait(Cell cell) {
        double perSecond = type.samplesPerSecond(replicas, cell.utilisation);
        Demand demand = cell.column.isSteady ? assumed.steady(perSecond) : assumed.microBatches(perSecond);
        return assumed.observe(
                        demand,
                        cell.column.sending,
                        cell.column.balancing,
                        assumed.replicas(type, replicas),
                        cell.column.isSteady ? assumed.watchSteady(perSecond) : assumed.watch(perSecond))
                .waits()
                .millis(99);
    }

    Figures table() {
        List<String> headings = new ArrayList<>(List.of("utilisation"));
        columns.forEach(column -> headings.add(column.name));
        Figures table = Figures.of(
                "Wait of %d replicas, 99th percentile in ms".formatted(replicas), headings.toArray(String[]::new));
        for (int row = 0; row < UTILISATIONS.size(); row++) {
            int index = row;
            List<Object> cells = new ArrayList<>(List.of(UTILISATIONS.get(row)));
            waits.forEach(column -> cells.add(column.get(index)));
            table = table.with(cells.toArray());
        }
        return table;
    }

    Chart chart() {
        return new Chart(
                "Wait of %d replicas, 99th percentile".formatted(replicas),
                "utilisation",
                "milliseconds",
                false,
                IntStream.range(0, columns.size())
                        .mapToObj(column -> new Chart.Series(columns.get(column).name, UTILISATIONS, waits.get(column)))
                        .toList());
    }
}
