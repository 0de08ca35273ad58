package dev.winnow.ppo.ppo;

import dev.winnow.ppo.rollout.Settings;

/**
 * How a step's responses are learnt from.
 *
 * @param epochs passes over the responses, at least 1
 * @param miniBatch responses of one move of the weights, at least 1
 * @param microBatch responses of one forward and backward pass, whose gradients add up to those of the mini-batch; at
 *     least 1. Saves memory, changes nothing but rounding
 * @param maximumKl nats a token; where new and old policy differ by more over a mini-batch, it and the rest of the step
 *     are not learnt from. Above 0, infinite for never
 * @param maximumGradientNorm longer gradients, of the policy and of the value model each, are shortened to it; above 0,
 *     infinite for never
 */
public record UpdateSettings(int epochs, int miniBatch, int microBatch, double maximumKl, double maximumGradientNorm) {
    /** Four epochs as arXiv 2306.01693; a norm of 1 as transformers' Trainer; no early stop. */
    public static final UpdateSettings DEFAULT = new UpdateSettings(4, 32, 8, Double.POSITIVE_INFINITY, 1);

    public UpdateSettings {
        Settings.require(epochs >= 1, "update.epochs", epochs, "1 or above");
        Settings.require(miniBatch >= 1, "update.mini_batch", miniBatch, "1 or above");
        Settings.require(microBatch >= 1, "update.micro_batch", microBatch, "1 or above");
        Settings.require(maximumKl > 0, "update.maximum_kl", maximumKl, "above 0, in nats a token");
        Settings.require(maximumGradientNorm > 0, "update.maximum_gradient_norm", maximumGradientNorm, "above 0");
    }
}
