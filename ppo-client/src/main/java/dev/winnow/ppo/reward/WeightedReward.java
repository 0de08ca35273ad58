package dev.winnow.ppo.reward;

/**
 * A reward that training maximises.
 *
 * @param name what metrics call it; no two have the same
 * @param weight factor of its normalised values in the combined reward; finite
 * @param normalisation of each value
 */
public record WeightedReward(String name, double weight, Normalisation normalisation) {
    /** Makes one whose values are not normalised. */
    public WeightedReward(String name, double weight) {
        this(name, weight, Normalisation.NONE);
    }

    public WeightedReward {
        if (!Double.isFinite(weight)) {
            throw new IllegalArgumentException("weight of %s: %s (expected: a finite number)".formatted(name, weight));
        }
    }

    /** Returns what a value of this reward adds to the combined reward. */
    public double combined(double value) {
        return weight * normalisation.of(value);
    }
}
