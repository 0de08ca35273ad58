package dev.winnow.service.domain;

import java.util.List;

/** What became of one sample: every reward that was asked for, or the reason why there is none. */
public sealed interface SampleOutcome {
    /**
     * All rewards.
     *
     * @param vectors one for each reward asked for, in that order
     * @param combined per token of the caller, the sum of weight x value; empty where no reward has a weight
     */
    record Rewarded(List<RewardVector> vectors, List<Float> combined) implements SampleOutcome {}

    /** No rewards. */
    record Failed(Failure failure) implements SampleOutcome {}
}
