package dev.winnow.loadtest.report;

import java.util.List;

/**
 * A picture of the figures: lines with a mark a point.
 *
 * @param x title of the x axis
 * @param y title of the y axis
 * @param isLogarithmic whether the y axis is
 */
public record Chart(String title, String x, String y, boolean isLogarithmic, List<Series> series) {
    /** One line: as many y as x. */
    public record Series(String name, List<Double> x, List<Double> y) {}
}
