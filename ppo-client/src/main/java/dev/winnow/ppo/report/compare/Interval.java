package dev.winnow.ppo.report.compare;

import org.hipparchus.distribution.continuous.TDistribution;
import org.hipparchus.stat.StatUtils;

/**
 * A 95% confidence interval by Student's t: right where the values are independent and about normal, as final values of
 * runs with different seeds are. With the five to ten runs of an experiment a bootstrap's intervals would be too narrow.
 */
record Interval(double low, double high) {
    private static final double UPPER = 0.975;

    /** Returns the interval of the mean of at least two values. */
    static Interval ofMean(double[] values) {
        double error = Math.sqrt(StatUtils.variance(values) / values.length);
        return around(StatUtils.mean(values), error, values.length - 1);
    }

    /**
     * Returns the interval of the first values' mean less the second's, at least two each, whose variances may differ
     * (Welch 1947).
     */
    static Interval ofDifference(double[] first, double[] second) {
        double difference = StatUtils.mean(first) - StatUtils.mean(second);
        double firstError = StatUtils.variance(first) / first.length;
        double secondError = StatUtils.variance(second) / second.length;
        double error = firstError + secondError;
        double freedom = error
                * error
                / (firstError * firstError / (first.length - 1) + secondError * secondError / (second.length - 1));
        return around(difference, Math.sqrt(error), freedom);
    }

    private static Interval around(double middle, double error, double freedom) {
        // Values that are all the same leave no error, and Welch's degrees of freedom undefined.
        double reach = error == 0 ? 0 : error * new TDistribution(freedom).inverseCumulativeProbability(UPPER);
        return new Interval(middle - reach, middle + reach);
    }
}
