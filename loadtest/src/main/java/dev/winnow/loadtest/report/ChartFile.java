package dev.winnow.loadtest.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler;

/** Draws charts as PNG files; needs no screen. */
public final class ChartFile {
    private static final int WIDTH = 900;
    private static final int HEIGHT = 520;

    static {
        System.setProperty("java.awt.headless", "true");
    }

    private ChartFile() {}

    /** Writes a chart over what is there. */
    public static void write(Chart chart, Path file) throws IOException {
        XYChart drawn = new XYChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title(chart.title())
                .xAxisTitle(chart.x())
                .yAxisTitle(chart.y())
                .theme(Styler.ChartTheme.Matlab)
                .build();
        drawn.getStyler().setYAxisLogarithmic(chart.isLogarithmic()).setLegendPosition(Styler.LegendPosition.OutsideE);
        if (!chart.isLogarithmic()) {
            drawn.getStyler().setYAxisMin(0.0);
        }
        chart.series().forEach(series -> drawn.addSeries(series.name(), series.x(), series.y()));
        Files.createDirectories(file.toAbsolutePath().getParent());
        try (var out = Files.newOutputStream(file)) {
            BitmapEncoder.saveBitmap(drawn, out, BitmapEncoder.BitmapFormat.PNG);
        }
    }
}
