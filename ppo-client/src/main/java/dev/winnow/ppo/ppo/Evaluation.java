package dev.winnow.ppo.ppo;

import dev.winnow.ppo.reward.ResponseRewards;
import dev.winnow.ppo.reward.WeightedReward;
import dev.winnow.ppo.rollout.Rollout;
import java.util.List;

/**
 * Responses to held-out prompts, and what they earn.
 *
 * @param metrics over all of them
 * @param rewards that were asked for
 * @param values of each response
 */
public record Evaluation(
        Metrics metrics, List<Rollout> rollouts, List<WeightedReward> rewards, List<ResponseRewards> values) {
    public Evaluation {
        rollouts = List.copyOf(rollouts);
        rewards = List.copyOf(rewards);
        values = List.copyOf(values);
    }

    /** Returns for each token of each response the sum of one reward's values that are given at it. */
    public TokenRows placed(int reward) {
        return DenseRewards.placed(lengths(), values, rewards, reward);
    }

    /** Returns for each token of each response the sum over the rewards of weight times normalised value. */
    public TokenRows combined() {
        return DenseRewards.combined(lengths(), values, rewards);
    }

    private int[] lengths() {
        return rollouts.stream().mapToInt(Rollout::length).toArray();
    }
}
