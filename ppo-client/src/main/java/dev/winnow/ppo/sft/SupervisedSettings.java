package dev.winnow.ppo.sft;

import dev.winnow.ppo.ppo.AdamSettings;
import dev.winnow.ppo.rollout.Settings;

/**
 * How a policy learns from examples.
 *
 * @param seed of the order of examples
 * @param batch examples of one step, which is one move of the weights; at least 1
 * @param microBatch examples of one forward and backward pass, at least 1. Saves memory, changes nothing but rounding
 * @param maximumGradientNorm longer gradients are shortened to it; above 0, infinite for never
 */
public record SupervisedSettings(
        long seed, int batch, int microBatch, Schedule schedule, AdamSettings adam, double maximumGradientNorm) {
    public SupervisedSettings {
        Settings.require(batch >= 1, "batch.examples", batch, "1 or above");
        Settings.require(microBatch >= 1, "batch.micro_batch", microBatch, "1 or above");
        Settings.require(maximumGradientNorm > 0, "optimizer.maximum_gradient_norm", maximumGradientNorm, "above 0");
    }
}
