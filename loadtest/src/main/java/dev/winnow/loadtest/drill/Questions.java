package dev.winnow.loadtest.drill;

import dev.winnow.ppo.reward.Limits;
import dev.winnow.ppo.reward.RewardClient;
import dev.winnow.ppo.reward.Scorer;
import dev.winnow.ppo.reward.connection.Connection;
import dev.winnow.v1.RewardRequest;
import dev.winnow.v1.Rewards;
import dev.winnow.v1.Sample;
import dev.winnow.v1.SampleResult;
import java.util.List;

/**
 * Samples, and the rewards that an undisturbed service gives them.
 *
 * @param samples without ids
 * @param answers one for each sample
 */
record Questions(List<RewardRequest> rewards, List<Sample> samples, List<Rewards> answers) {
    /**
     * Asks a service for the answers.
     *
     * @throws IllegalStateException where a sample is not rewarded
     */
    static Questions ask(String target, List<RewardRequest> rewards, List<Sample> samples) {
        try (RewardClient client = RewardClient.connect(Connection.to(target));
                Scorer scorer = client.batches(rewards, Limits.of(client.listRewards()))) {
            List<Rewards> answers = scorer.score(samples).join().stream()
                    .map(Questions::rewards)
                    .toList();
            return new Questions(rewards, samples, answers);
        }
    }

    private static Rewards rewards(SampleResult result) {
        if (!result.hasRewards()) {
            throw new IllegalStateException(
                    "sample: %s (expected: rewards)".formatted(result.getError().getMessage()));
        }
        return result.getRewards();
    }
}
