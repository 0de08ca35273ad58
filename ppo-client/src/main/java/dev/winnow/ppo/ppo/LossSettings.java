package dev.winnow.ppo.ppo;

import dev.winnow.ppo.rollout.Settings;

/**
 * What the update minimises: policy loss + {@code valueCoefficient} * value loss - {@code entropyCoefficient} * entropy.
 *
 * @param policyClip how far the ratio of new to old probability counts from 1, epsilon; above 0
 * @param valueClip how far a new value counts from the old, in units of return; above 0, infinite for no clipping
 * @param valueCoefficient at least 0
 * @param entropyCoefficient in units of advantage a nat, at least 0
 */
public record LossSettings(double policyClip, double valueClip, double valueCoefficient, double entropyCoefficient) {
    /** Clips as arXiv 2306.01693; no entropy bonus. */
    public static final LossSettings DEFAULT = new LossSettings(0.2, 0.2, 1, 0);

    public LossSettings {
        Settings.require(Settings.isPositive(policyClip), "loss.policy_clip", policyClip, "above 0");
        Settings.require(valueClip > 0, "loss.value_clip", valueClip, "above 0");
        Settings.require(
                Settings.isNotNegative(valueCoefficient), "loss.value_coefficient", valueCoefficient, "0 or above");
        Settings.require(
                Settings.isNotNegative(entropyCoefficient),
                "loss.entropy_coefficient",
                entropyCoefficient,
                "0 or above");
    }
}
