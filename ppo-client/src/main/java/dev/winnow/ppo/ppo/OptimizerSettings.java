package dev.winnow.ppo.ppo;

import dev.winnow.ppo.rollout.Settings;

/**
 * How gradients move the weights: AdamW (Loshchilov and Hutter 2019) with a warm-up.
 *
 * @param policyLearningRate highest learning rate of the policy's weights, above 0
 * @param valueLearningRate the same of the value model's
 * @param beta1 decay of the mean of gradients, from 0 to below 1
 * @param beta2 decay of the mean of squared gradients, from 0 to below 1
 * @param epsilon is added to the root of that mean, above 0
 * @param weightDecay part of a weight that goes at each move, times the learning rate; at least 0
 * @param warmUpSteps steps over which the learning rate grows in equal parts to its highest, at least 0
 * @param decaySteps steps after which the learning rate has shrunk in equal parts to 0; 0 for a constant one
 */
public record OptimizerSettings(
        double policyLearningRate,
        double valueLearningRate,
        double beta1,
        double beta2,
        double epsilon,
        double weightDecay,
        int warmUpSteps,
        int decaySteps) {
    /** Learning rates as arXiv 2306.01693; betas and epsilon as PyTorch; constant, without weight decay. */
    public static final OptimizerSettings DEFAULT = new OptimizerSettings(1e-5, 1e-5, 0.9, 0.999, 1e-8, 0, 0, 0);

    public OptimizerSettings {
        Settings.require(
                Settings.isPositive(policyLearningRate),
                "optimizer.policy_learning_rate",
                policyLearningRate,
                "above 0");
        Settings.require(
                Settings.isPositive(valueLearningRate), "optimizer.value_learning_rate", valueLearningRate, "above 0");
        new AdamSettings(beta1, beta2, epsilon, weightDecay); // refuses what is out of range
        Settings.require(warmUpSteps >= 0, "optimizer.warm_up_steps", warmUpSteps, "0 or above");
        Settings.require(
                decaySteps == 0 || decaySteps > warmUpSteps,
                "optimizer.decay_steps",
                decaySteps,
                "0, or above the %d of the warm-up".formatted(warmUpSteps));
    }

    AdamSettings adam() {
        return new AdamSettings(beta1, beta2, epsilon, weightDecay);
    }

    /**
     * Returns the part of the highest learning rate that a step has: {@code (step + 1) / warmUpSteps} in the warm-up, and
     * {@code (decaySteps - step) / (decaySteps - warmUpSteps)} behind it, but not below 0.
     *
     * @param step from 0
     */
    double factor(int step) {
        if (step < warmUpSteps) {
            return (step + 1.0) / warmUpSteps;
        }
        return decaySteps == 0 ? 1 : Math.max(0, (double) (decaySteps - step) / (decaySteps - warmUpSteps));
    }
}
