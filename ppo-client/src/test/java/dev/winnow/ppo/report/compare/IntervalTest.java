package dev.winnow.ppo.report.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** Quantiles of Student's t, upper 2.5%, from the usual tables: 4.303 with 2 degrees of freedom, 2.776 with 4. */
class IntervalTest {
    private static final double TABLE = 2e-3;

    /** Mean 3, variance 2.5, error sqrt(2.5 / 5) = 0.70711. */
    @Test
    void ofMeanByHand() {
        Interval interval = Interval.ofMean(new double[] {1, 2, 3, 4, 5});

        assertThat(interval.low()).isEqualTo(3 - 2.776 * 0.70711, within(TABLE));
        assertThat(interval.high()).isEqualTo(3 + 2.776 * 0.70711, within(TABLE));
    }

    /** Equal variances 1 and counts 3: error sqrt(1 / 3 + 1 / 3) = 0.81650, degrees (2 / 3)^2 / (2 * (1 / 3)^2 / 2) = 4. */
    @Test
    void ofDifferenceByHand() {
        Interval interval = Interval.ofDifference(new double[] {5, 6, 7}, new double[] {1, 2, 3});

        assertThat(interval.low()).isEqualTo(4 - 2.776 * 0.81650, within(TABLE));
        assertThat(interval.high()).isEqualTo(4 + 2.776 * 0.81650, within(TABLE));
    }

    /** One group without variance leaves the other's error, sqrt(1 / 3) = 0.57735, and its 2 degrees of freedom. */
    @Test
    void ofDifferenceOfUnequalVariances() {
        Interval interval = Interval.ofDifference(new double[] {5, 6, 7}, new double[] {2, 2, 2, 2});

        assertThat(interval.low()).isEqualTo(4 - 4.303 * 0.57735, within(TABLE));
        assertThat(interval.high()).isEqualTo(4 + 4.303 * 0.57735, within(TABLE));
    }

    @Test
    void ofValuesThatAreAllTheSame() {
        assertThat(Interval.ofMean(new double[] {2, 2})).isEqualTo(new Interval(2, 2));
        assertThat(Interval.ofDifference(new double[] {3, 3}, new double[] {2, 2}))
                .isEqualTo(new Interval(1, 1));
    }
}
