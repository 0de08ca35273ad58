package dev.winnow.ppo.report.compare;

import java.awt.BasicStroke;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.NavigableMap;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Draws a metric of all runs as PNG: a thin line a run, a thick one for each group's median. Needs no screen. */
final class ComparisonChart {
    private static final int WIDTH = 900;
    private static final int HEIGHT = 480;
    private static final int FAINT = 70;

    /** Points of a curve that are marked; more would make a band. */
    private static final int MARKED = 40;

    /** Okabe and Ito 2008, which people with any kind of colour vision can tell apart; without the yellow. */
    private static final List<Color> COLOURS = List.of(
            new Color(0x0072b2),
            new Color(0xd55e00),
            new Color(0x009e73),
            new Color(0xcc79a7),
            new Color(0xe69f00),
            new Color(0x56b4e9),
            new Color(0x000000));

    static {
        System.setProperty("java.awt.headless", "true");
    }

    private ComparisonChart() {}

    static void write(MetricComparison comparison, List<RunGroup> groups, Path folder) throws IOException {
        XYChart chart = new XYChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title(comparison.metric())
                .xAxisTitle("step")
                .yAxisTitle(comparison.unit())
                .theme(Styler.ChartTheme.Matlab)
                .build();
        chart.getStyler()
                .setLegendPosition(Styler.LegendPosition.OutsideS)
                .setLegendLayout(Styler.LegendLayout.Vertical);
        for (int group = 0; group < groups.size(); group++) {
            addRuns(chart, groups.get(group), comparison.metric(), group);
            addMedian(chart, groups.get(group), comparison.metric(), colour(group));
        }
        Files.createDirectories(folder);
        try (var out = Files.newOutputStream(folder.resolve(comparison.chart()))) {
            BitmapEncoder.saveBitmap(chart, out, BitmapEncoder.BitmapFormat.PNG);
        }
    }

    private static Color colour(int group) {
        return COLOURS.get(group % COLOURS.size());
    }

    private static void addRuns(XYChart chart, RunGroup group, String metric, int index) {
        Color colour = colour(index);
        Color faint = new Color(colour.getRed(), colour.getGreen(), colour.getBlue(), FAINT);
        for (int run = 0; run < group.runs().size(); run++) {
            add(
                            chart,
                            "run %d of group %d".formatted(run, index),
                            group.curves(metric).get(run),
                            faint,
                            1)
                    .setShowInLegend(false);
        }
    }

    private static void addMedian(XYChart chart, RunGroup group, String metric, Color colour) {
        NavigableMap<Long, Double> medians = group.medianCurve(metric);
        // Runs that were evaluated at different steps have none.
        if (!medians.isEmpty()) {
            int runs = group.runs().size();
            String name = runs == 1 ? group.name() : "%s, median of %d".formatted(group.name(), runs);
            XYSeries series = add(chart, name, medians, colour, 3);
            series.setMarkerColor(colour);
            series.setMarker(medians.size() > MARKED ? SeriesMarkers.NONE : SeriesMarkers.CIRCLE);
        }
    }

    private static XYSeries add(
            XYChart chart, String name, NavigableMap<Long, Double> curve, Color colour, float width) {
        XYSeries series = chart.addSeries(name, List.copyOf(curve.navigableKeySet()), List.copyOf(curve.values()));
        series.setMarker(SeriesMarkers.NONE);
        series.setLineColor(colour).setLineStyle(new BasicStroke(width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        return series;
    }
}
