package dev.winnow.ppo.ppo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Numbers worked out by hand. */
class AdvantagesTest {
    private static final Offset<Double> EXACT = within(1e-12);

    /**
     * From the end, with discount 0.9 and lambda 0.5, so each advantage takes 0.45 of the next:
     *
     * <pre>
     * delta[2] = 3 + 0       - 1.5 =  1.5    advantage[2] = 1.5
     * delta[1] = 0 + 0.9*1.5 - 1   =  0.35   advantage[1] = 0.35 + 0.45*1.5   = 1.025
     * delta[0] = 1 + 0.9*1   - 0.5 =  1.4    advantage[0] = 1.4  + 0.45*1.025 = 1.86125
     * </pre>
     */
    @Test
    void generalisedAdvantages() {
        TokenRows rewards = TokenRows.of(new double[] {1, 0, 3}, new double[] {-1});
        TokenRows values = TokenRows.of(new double[] {0.5, 1, 1.5}, new double[] {2});

        Advantages estimated = Advantages.generalised(rewards, values, 0.9, 0.5);

        assertThat(estimated.advantages().row(0)).containsExactly(new double[] {1.86125, 1.025, 1.5}, EXACT);
        assertThat(estimated.returns().row(0)).containsExactly(new double[] {2.36125, 2.025, 3}, EXACT);
        // The next row begins anew: nothing of it is in the row before, nor the other way round.
        assertThat(estimated.advantages().row(1)).containsExactly(new double[] {-3}, EXACT);
        assertThat(estimated.returns().row(1)).containsExactly(new double[] {-1}, EXACT);
    }

    @Test
    void withoutDiscountAndWithLambdaOfOneReturnsAreSumsOfRewards() {
        TokenRows rewards = TokenRows.of(new double[] {1, -2, 4});
        TokenRows values = TokenRows.of(new double[] {7, -3, 2});

        Advantages estimated = Advantages.generalised(rewards, values, 1, 1);

        assertThat(estimated.returns().packed()).containsExactly(new double[] {3, 2, 4}, EXACT);
        assertThat(estimated.advantages().packed()).containsExactly(new double[] {-4, 5, 2}, EXACT);
    }

    /** 1, 2, 3 and 6 have the mean 3 and the variance (4 + 1 + 0 + 9) / 4 = 3.5. */
    @Test
    void whiteningDividesByTheStandardDeviation() {
        TokenRows rows = TokenRows.of(new double[] {1, 2, 3}, new double[] {6});
        double deviation = Math.sqrt(3.5);

        assertThat(Whitening.whiten(rows).packed())
                .containsExactly(new double[] {-2 / deviation, -1 / deviation, 0, 3 / deviation}, within(1e-8));
        assertThat(Whitening.scale(rows).packed())
                .containsExactly(
                        new double[] {1 / deviation, 2 / deviation, 3 / deviation, 6 / deviation}, within(1e-12));
    }

    @Test
    void tokensWithoutARewardKeepNoneWhenRewardsAreScaled() {
        TokenRows rows = TokenRows.of(new double[] {0, 0, 5}, new double[] {0, -1});

        double[] scaled = Whitening.scale(rows).packed();

        assertThat(scaled[0]).isZero();
        assertThat(scaled[1]).isZero();
        assertThat(scaled[3]).isZero();
        assertThat(TokenRows.of(scaled).variance()).isCloseTo(1, EXACT);
    }

    @Test
    void equalNumbersHaveNoScale() {
        TokenRows equal = TokenRows.of(new double[] {2, 2}, new double[] {2});

        assertThat(Whitening.whiten(equal).packed()).containsExactly(0, 0, 0);
        assertThat(Whitening.scale(equal).packed()).containsExactly(2, 2, 2);
    }

    @Test
    void settingsSayWhatIsScaledAndWhitened() {
        TokenRows rewards = TokenRows.of(new double[] {0, 4}, new double[] {0, 0});
        TokenRows values = TokenRows.of(new double[] {0, 0}, new double[] {0, 0});

        Advantages scaled = Advantages.of(rewards, values, new AdvantageSettings(false, 1, 1, true, false));
        Advantages whitened = Advantages.of(rewards, values, new AdvantageSettings(false, 1, 1, false, true));

        // The rewards have the variance 3.
        assertThat(scaled.returns().packed())
                .containsExactly(new double[] {4 / Math.sqrt(3), 4 / Math.sqrt(3), 0, 0}, EXACT);
        assertThat(scaled.advantages().packed())
                .containsExactly(scaled.returns().packed(), EXACT);
        assertThat(whitened.returns().packed()).containsExactly(4, 4, 0, 0);
        assertThat(whitened.advantages().packed()).containsExactly(new double[] {1, 1, -1, -1}, within(1e-8));
    }

    @Test
    void rowsOfOtherLengthsAreRefused() {
        TokenRows rewards = TokenRows.of(new double[] {1, 2}, new double[] {3});
        TokenRows values = TokenRows.of(new double[] {1}, new double[] {2, 3});

        assertThatThrownBy(() -> Advantages.generalised(rewards, values, 1, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("row ends: [1, 3] (expected: [2, 3])");
        assertThatThrownBy(() -> TokenRows.packed(new int[] {2}, new double[3]))
                .hasMessage("numbers: 3 (expected: 2, one for each token)");
        assertThatThrownBy(() -> TokenRows.of().mean()).hasMessage("tokens: 0 (expected: at least 1)");
    }
}
