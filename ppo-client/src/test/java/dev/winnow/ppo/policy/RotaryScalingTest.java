package dev.winnow.ppo.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.winnow.ppo.policy.RotaryScaling.Linear;
import dev.winnow.ppo.policy.RotaryScaling.Llama3;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class RotaryScalingTest {
    private static final Offset<Double> ROUNDING = Offset.offset(1e-12);

    @Test
    void linearDividesEveryFrequency() {
        assertThat(new Linear(4).scale(0.5)).isEqualTo(0.125);
    }

    /** A frequency of {@code 2 pi n / 100} turns n times in the 100 original positions. */
    @Test
    void llama3DividesTheSlowOnesAlone() {
        Llama3 scaling = new Llama3(8, 1, 4, 100);
        double oneTurn = 2 * Math.PI / 100;

        assertThat(scaling.scale(0.5 * oneTurn)).isCloseTo(0.5 * oneTurn / 8, ROUNDING);
        assertThat(scaling.scale(oneTurn)).isCloseTo(oneTurn / 8, ROUNDING);
        // Half way between 1 and 4 turns: the mean of the frequency and an eighth of it.
        assertThat(scaling.scale(2.5 * oneTurn)).isCloseTo(2.5 * oneTurn * (1 + 0.125) / 2, ROUNDING);
        assertThat(scaling.scale(4 * oneTurn)).isCloseTo(4 * oneTurn, ROUNDING);
        assertThat(scaling.scale(9 * oneTurn)).isCloseTo(9 * oneTurn, ROUNDING);
    }
}
