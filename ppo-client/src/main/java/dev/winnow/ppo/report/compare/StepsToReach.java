package dev.winnow.ppo.report.compare;

import dev.winnow.ppo.report.folder.MetricMeaning.Better;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.OptionalDouble;
import org.hipparchus.stat.StatUtils;

/**
 * How many steps of training the runs of a group need until a metric is as good as a target.
 *
 * @param median over all runs; empty where too many did not reach the target for it to be known
 * @param reached the runs that did
 */
record StepsToReach(OptionalDouble median, int reached, int runs) {
    /**
     * Counts steps; a value after step 0 took 1 of them, and the one before training none.
     *
     * @param better not {@link Better#NEITHER}
     */
    static StepsToReach of(List<NavigableMap<Long, Double>> curves, double target, Better better) {
        double[] steps = curves.stream()
                .mapToDouble(curve -> curve.entrySet().stream()
                        .filter(point ->
                                better == Better.GREATER ? point.getValue() >= target : point.getValue() <= target)
                        .mapToDouble(point -> point.getKey() + 1)
                        .findFirst()
                        .orElse(Double.POSITIVE_INFINITY))
                .toArray();
        double median = median(steps);
        return new StepsToReach(
                Double.isFinite(median) ? OptionalDouble.of(median) : OptionalDouble.empty(),
                (int) Arrays.stream(steps).filter(Double::isFinite).count(),
                steps.length);
    }

    /** Returns what all groups reach: the worst of their medians. */
    static double target(List<double[]> finalValues, Better better) {
        double[] medians = finalValues.stream()
                .mapToDouble(values -> StatUtils.percentile(values, 50))
                .toArray();
        return better == Better.GREATER ? StatUtils.min(medians) : StatUtils.max(medians);
    }

    /** The library's interpolates, which makes NaN of infinities. */
    private static double median(double[] steps) {
        double[] sorted = Arrays.stream(steps).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
