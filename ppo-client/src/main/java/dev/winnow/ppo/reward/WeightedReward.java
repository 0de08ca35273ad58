package dev.winnow.ppo.reward;

/**
 * A reward that training maximises.
 *
 * @param name what metrics call it; no two have the same
 * @param weight factor of its values in the combined reward; finite
 */
public record WeightedReward(String name, double weight) {
    public WeightedReward {
        if (!Double.isFinite(weight)) {
            throw new IllegalArgumentException("weight of %s: %s (expected: a finite number)".formatted(name, weight));
        }
    }
}
