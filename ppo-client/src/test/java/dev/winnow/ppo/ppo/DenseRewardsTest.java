package dev.winnow.ppo.ppo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.winnow.ppo.reward.MissingRewardException;
import dev.winnow.ppo.reward.Normalisation;
import dev.winnow.ppo.reward.ResponseRewards;
import dev.winnow.ppo.reward.ResponseRewards.PlacedValue;
import dev.winnow.ppo.reward.WeightedReward;
import java.util.List;
import org.junit.jupiter.api.Test;

class DenseRewardsTest {
    private static final List<WeightedReward> REWARDS =
            List.of(new WeightedReward("dense", 0.5), new WeightedReward("whole", -2));
    private static final int[] LENGTHS = {3, 2};
    /** The second response has no segment for the dense reward. */
    private static final List<ResponseRewards> RESPONSES = List.of(
            response(List.of(new PlacedValue(0, 4), new PlacedValue(2, 1), new PlacedValue(2, 5)), 3),
            response(List.of(), 1));

    private static ResponseRewards response(List<PlacedValue> dense, double whole) {
        return new ResponseRewards(List.of(dense, List.of(new PlacedValue(1, whole))));
    }

    @Test
    void valuesThatMeetOnATokenAreSummed() {
        TokenRows dense = DenseRewards.placed(LENGTHS, RESPONSES, REWARDS, 0);

        assertThat(dense.row(0)).containsExactly(4, 0, 6);
        assertThat(dense.row(1)).containsExactly(0, 0);
    }

    @Test
    void weightsAreOfTheRewards() {
        TokenRows combined = DenseRewards.combined(LENGTHS, RESPONSES, REWARDS);

        assertThat(combined.row(0)).containsExactly(2, -6, 3);
        assertThat(combined.row(1)).containsExactly(0, -2);
    }

    @Test
    void eachValueIsNormalisedBeforeItIsWeighted() {
        List<WeightedReward> normalised = List.of(
                new WeightedReward("dense", 0.5, new Normalisation(1, 2)),
                new WeightedReward("whole", -2, new Normalisation(3, 4)));

        TokenRows combined = DenseRewards.combined(LENGTHS, RESPONSES, normalised);

        // Where no value is given nothing is normalised; of two values at a token each is.
        assertThat(combined.row(0)).containsExactly(0.75, 0, 0 + 1);
        assertThat(combined.row(1)).containsExactly(0, 1);
        assertThat(DenseRewards.placed(LENGTHS, RESPONSES, normalised, 0).row(0))
                .containsExactly(4, 0, 6);
    }

    @Test
    void penaltiesAreTakenOff() {
        TokenRows rewards = TokenRows.of(new double[] {1, 2}, new double[] {3});
        TokenRows kl = TokenRows.of(new double[] {0.5, -1}, new double[] {2});

        assertThat(DenseRewards.withKlPenalty(rewards, kl, 0.1).packed())
                .containsExactly(new double[] {0.95, 2.1, 2.8}, within(1e-12));
        assertThat(DenseRewards.atEnd(rewards).packed()).containsExactly(0, 3, 3);
        assertThat(DenseRewards.withPenaltyAtEnd(rewards, row -> row == 0, 5).packed())
                .containsExactly(1, -3, 3);
    }

    @Test
    void aRewardThatIsMissingIsNoNumber() {
        List<ResponseRewards> fewer = List.of(RESPONSES.getFirst(), new ResponseRewards(List.of(List.of())));

        assertThatThrownBy(() -> DenseRewards.combined(LENGTHS, fewer, REWARDS))
                .isInstanceOf(MissingRewardException.class)
                .hasMessage("rewards of response 1: 1 (expected: 2)");
        assertThatThrownBy(() -> DenseRewards.combined(new int[] {3, 1}, RESPONSES, REWARDS))
                .isInstanceOf(MissingRewardException.class)
                .hasMessage("whole of response 1: at token 1 (expected: below 1)");
        assertThatThrownBy(() -> new PlacedValue(0, Double.NaN)).isInstanceOf(IllegalArgumentException.class);
    }
}
