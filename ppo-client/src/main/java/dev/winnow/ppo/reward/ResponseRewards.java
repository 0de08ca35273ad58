package dev.winnow.ppo.reward;

import java.util.List;

/**
 * The rewards of one response. Immutable.
 *
 * @param values of each reward, in the order of {@link RewardSource#rewards}; a reward may have none, one or many, and
 *     several of them at one token
 */
public record ResponseRewards(List<List<PlacedValue>> values) {
    public ResponseRewards {
        values = values.stream().map(List::copyOf).toList();
    }

    /**
     * One value of a reward.
     *
     * @param token index of the policy's token that it is given at
     * @param value greater is better; finite
     */
    public record PlacedValue(int token, double value) {
        public PlacedValue {
            if (token < 0 || !Double.isFinite(value)) {
                throw new IllegalArgumentException(
                        "reward: %s at token %d (expected: a finite number at 0 or above)".formatted(value, token));
            }
        }
    }
}
