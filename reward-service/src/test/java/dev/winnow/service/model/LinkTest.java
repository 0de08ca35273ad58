package dev.winnow.service.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LinkTest {
    private static final double LARGEST = Float.MAX_VALUE;

    @Test
    void linearIsTheLogitOfTheLabel() {
        assertThat(Link.LINEAR.apply(new double[] {1.5, -7.25}, 1)).isEqualTo(-7.25);
    }

    @Test
    void sigmoidReadsItsLabelAlone() {
        assertThat(Link.SIGMOID.apply(new double[] {0, 9}, 0)).isEqualTo(0.5);
        assertThat(Link.SIGMOID.apply(new double[] {9, Math.log(3)}, 1)).isCloseTo(0.75, within(1e-15));
    }

    @Test
    void sigmoidOfExtremeLogitsIsZeroOrOne() {
        assertThat(Link.SIGMOID.apply(new double[] {LARGEST}, 0)).isEqualTo(1);
        assertThat(Link.SIGMOID.apply(new double[] {-LARGEST}, 0)).isEqualTo(0);
        assertThat(Link.SIGMOID.apply(new double[] {-700}, 0)).isPositive();
    }

    @Test
    void softmaxIsTheShareOfItsLabel() {
        double[] logits = {0, Math.log(2), Math.log(5)};
        assertThat(Link.SOFTMAX.apply(logits, 0)).isCloseTo(0.125, within(1e-15));
        assertThat(Link.SOFTMAX.apply(logits, 1)).isCloseTo(0.25, within(1e-15));
        assertThat(Link.SOFTMAX.apply(logits, 2)).isCloseTo(0.625, within(1e-15));
    }

    @Test
    void softmaxDoesNotChangeWhenAllLogitsAreShifted() {
        assertThat(Link.SOFTMAX.apply(new double[] {5000, 5000 + Math.log(3)}, 1))
                .isCloseTo(0.75, within(1e-12));
        assertThat(Link.SOFTMAX.apply(new double[] {-5000, -5000 + Math.log(3)}, 1))
                .isCloseTo(0.75, within(1e-12));
    }

    @Test
    void softmaxOfExtremeLogitsIsZeroOrOne() {
        double[] logits = {-LARGEST, LARGEST};
        assertThat(Link.SOFTMAX.apply(logits, 0)).isEqualTo(0);
        assertThat(Link.SOFTMAX.apply(logits, 1)).isEqualTo(1);
    }

    @Test
    void softmaxOfOneLabelIsOne() {
        assertThat(Link.SOFTMAX.apply(new double[] {-3}, 0)).isEqualTo(1);
    }

    @Test
    void notANumberStaysOne() {
        for (Link link : Link.values()) {
            assertThat(link.apply(new double[] {Double.NaN, 1}, 0)).isNaN();
        }
        assertThat(Link.SOFTMAX.apply(new double[] {Double.NaN, 1}, 1)).isNaN();
    }
}
