package dev.winnow.service.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NormalisationTest {
    @Test
    void subtractsDividesScalesAndShifts() {
        assertThat(new Normalisation(1, 4, 3, -2).apply(9)).isEqualTo(4);
        assertThat(new Normalisation(0, 1, -1, 0).apply(0.25)).isEqualTo(-0.25);
    }

    @Test
    void meanBecomesTheBias() {
        assertThat(new Normalisation(7.5, 2, 3, 0.5).apply(7.5)).isEqualTo(0.5);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN})
    void standardDeviationMustBePositive(double std) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Normalisation(0, std, 1, 0))
                .withMessage("std: %s (expected: > 0)", std);
    }

    @Test
    void scaleMustNotBeZero() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Normalisation(0, 1, 0, 0))
                .withMessage("scale: 0 (expected: not 0, else every value is the bias)");
    }
}
