package dev.winnow.loadtest.statistics;

import java.util.Arrays;
import java.util.Collection;
import org.hipparchus.stat.StatUtils;

/**
 * The same thing measured several times.
 *
 * @param median the middle one, or the mean of the two in the middle
 * @param lowest the smallest
 * @param highest the largest
 * @param count how many
 */
public record Spread(double median, double lowest, double highest, int count) {
    /**
     * Summarises measurements.
     *
     * @throws IllegalArgumentException where there are none, or one is no finite number
     */
    public static Spread of(double... values) {
        if (values.length == 0) {
            throw new IllegalArgumentException("measurements: 0 (expected: >= 1)");
        }
        for (double value : values) {
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException(
                        "measurements: %s (expected: finite numbers)".formatted(Arrays.toString(values)));
            }
        }
        return new Spread(
                StatUtils.percentile(values, 50), StatUtils.min(values), StatUtils.max(values), values.length);
    }

    /** Summarises measurements. */
    public static Spread of(Collection<Double> values) {
        return of(values.stream().mapToDouble(Double::doubleValue).toArray());
    }
}
