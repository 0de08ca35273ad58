package dev.winnow.ppo.ppo;

import dev.winnow.ppo.rollout.Settings;

/**
 * What AdamW is told but for the learning rate, which changes.
 *
 * @param beta1 decay of the mean of gradients, from 0 to below 1
 * @param beta2 decay of the mean of squared gradients, from 0 to below 1
 * @param epsilon is added to the root of that mean, above 0
 * @param weightDecay part of a weight that goes at each move, times the learning rate; at least 0
 */
public record AdamSettings(double beta1, double beta2, double epsilon, double weightDecay) {
    public AdamSettings {
        Settings.require(beta1 >= 0 && beta1 < 1, "optimizer.beta1", beta1, "from 0 to below 1");
        Settings.require(beta2 >= 0 && beta2 < 1, "optimizer.beta2", beta2, "from 0 to below 1");
        Settings.require(Settings.isPositive(epsilon), "optimizer.epsilon", epsilon, "above 0");
        Settings.require(Settings.isNotNegative(weightDecay), "optimizer.weight_decay", weightDecay, "0 or above");
    }
}
