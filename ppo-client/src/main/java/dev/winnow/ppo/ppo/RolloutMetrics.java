package dev.winnow.ppo.ppo;

import dev.winnow.ppo.reward.ResponseRewards;
import dev.winnow.ppo.reward.WeightedReward;
import dev.winnow.ppo.rollout.Rollout;
import java.util.List;
import java.util.stream.DoubleStream;

/** Metrics of responses before they are learnt from. */
final class RolloutMetrics {
    private RolloutMetrics() {}

    /** Puts them under names with a prefix. */
    static void put(
            Metrics metrics,
            String prefix,
            List<Rollout> rollouts,
            List<ResponseRewards> responses,
            List<WeightedReward> rewards,
            Opinions opinions) {
        int[] lengths = rollouts.stream().mapToInt(Rollout::length).toArray();
        for (int reward = 0; reward < rewards.size(); reward++) {
            TokenRows placed = DenseRewards.placed(lengths, responses, rewards, reward);
            metrics.put(prefix + "reward/" + rewards.get(reward).name(), mean(placed.sums()));
        }
        metrics.put(
                prefix + "reward/combined",
                mean(DenseRewards.combined(lengths, responses, rewards).sums()));
        metrics.put(prefix + "kl/reference", mean(opinions.kl().sums()));
        metrics.put(
                prefix + "kl/reference_k3",
                mean(opinions.logProbabilities()
                        .combine(opinions.references(), KlEstimate::k3)
                        .sums()));
        metrics.put(prefix + "entropy", opinions.entropies().mean());
        metrics.put(prefix + "response/tokens", (double) opinions.values().tokens() / lengths.length);
        metrics.put(
                prefix + "response/truncated",
                (double) rollouts.stream().filter(Rollout::truncated).count() / lengths.length);
    }

    static double mean(double[] numbers) {
        return DoubleStream.of(numbers).average().orElseThrow();
    }
}
