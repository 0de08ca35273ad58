package dev.winnow.ppo.sft;

import dev.winnow.ppo.rollout.Settings;

/**
 * The learning rate from step to step: it grows in equal parts to its highest, then falls to 0.
 *
 * @param highest above 0
 * @param warmUpSteps over which it grows, at least 0
 * @param decay how it falls
 * @param decaySteps step at which it is 0; 0 for a constant one
 */
public record Schedule(double highest, int warmUpSteps, Decay decay, int decaySteps) {
    /** The way from the highest learning rate to 0. */
    public enum Decay {
        /** In equal parts. */
        LINEAR,
        /** Along half a wave of the cosine. */
        COSINE
    }

    public Schedule {
        Settings.require(Settings.isPositive(highest), "optimizer.learning_rate", highest, "above 0");
        Settings.require(warmUpSteps >= 0, "optimizer.warm_up_steps", warmUpSteps, "0 or above");
        Settings.require(
                decaySteps == 0 || decaySteps > warmUpSteps,
                "optimizer.decay_steps",
                decaySteps,
                "0, or above the %d of the warm-up".formatted(warmUpSteps));
    }

    /**
     * Returns the learning rate of a step.
     *
     * @param step from 0
     */
    double learningRate(int step) {
        if (step < warmUpSteps) {
            return highest * (step + 1) / warmUpSteps;
        }
        if (decaySteps == 0) {
            return highest;
        }
        double done = Math.min(1, (double) (step - warmUpSteps) / (decaySteps - warmUpSteps));
        return switch (decay) {
            case LINEAR -> highest * (1 - done);
            case COSINE -> highest * (1 + Math.cos(Math.PI * done)) / 2;
        };
    }
}
