package dev.winnow.ppo.cli;

import dev.winnow.v1.RewardInfo;
import dev.winnow.v1.RewardVector;

/**
 * The values between the reddest and the greenest colour.
 *
 * @param low the worst value
 * @param high the best value, at least the worst
 */
record Scale(double low, double high) {
    /** Returns the range of the reward where it is finite, else that of the values themselves. */
    static Scale of(RewardVector vector, RewardInfo reward) {
        if (Float.isFinite(reward.getMinimum())
                && Float.isFinite(reward.getMaximum())
                && reward.getMinimum() < reward.getMaximum()) {
            return new Scale(reward.getMinimum(), reward.getMaximum());
        }
        return new Scale(
                vector.getValuesList().stream()
                        .mapToDouble(Float::doubleValue)
                        .min()
                        .orElse(0),
                vector.getValuesList().stream()
                        .mapToDouble(Float::doubleValue)
                        .max()
                        .orElse(0));
    }

    /** Returns where a value lies, from 0 to 1; in the middle where there is but one value. */
    double position(double value) {
        return high == low ? 0.5 : Math.clamp((value - low) / (high - low), 0, 1);
    }

    /** Returns the value at a position. */
    double value(double position) {
        return low + position * (high - low);
    }
}
