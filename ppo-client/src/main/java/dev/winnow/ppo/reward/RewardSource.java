package dev.winnow.ppo.reward;

import dev.winnow.ppo.reward.retry.RetryStatistics;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Where a trainer has its rewards from. Thread-safe. */
public interface RewardSource {
    /** Returns the rewards that each response gets; at least one, always the same. */
    List<WeightedReward> rewards();

    /**
     * Has responses rewarded without waiting for it.
     *
     * @return the rewards of each response, in the same order. Where one cannot be had, after all tries, it completes
     *     with {@link MissingRewardException}: a reward that is missing never becomes a number
     */
    CompletableFuture<List<ResponseRewards>> score(List<RewardSample> samples);

    /** Returns what rewards have taken so far, in failures that passed. */
    default RetryStatistics statistics() {
        return RetryStatistics.NONE;
    }
}
