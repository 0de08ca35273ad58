package dev.winnow.ppo.ppo;

import dev.winnow.ppo.rollout.Settings;

/**
 * The coefficient of the penalty for leaving the reference policy: each token's reward is less by
 * {@code coefficient * (log p - log reference)}. Immutable; the present coefficient is the trainer's to keep.
 */
public sealed interface KlPenalty {
    /** As the fine-grained runs of arXiv 2306.01693. */
    KlPenalty DEFAULT = new Fixed(0.3);

    /** Returns the coefficient of the first step, in reward a nat. */
    double coefficient();

    /**
     * Returns the coefficient of the next step.
     *
     * @param coefficient of this step
     * @param kl of this step: nats a response, the mean over its responses
     * @param responses of this step
     */
    double next(double coefficient, double kl, int responses);

    /**
     * The same coefficient in each step.
     *
     * @param coefficient at least 0; 0 for no penalty
     */
    record Fixed(double coefficient) implements KlPenalty {
        public Fixed {
            Settings.require(Settings.isNotNegative(coefficient), "kl.coefficient", coefficient, "0 or above");
        }

        @Override
        public double next(double coefficient, double kl, int responses) {
            return coefficient;
        }
    }

    /**
     * A coefficient that grows while the divergence is above a target and shrinks while it is below:
     * {@code coefficient * (1 + clip(kl / target - 1, -0.2, 0.2) * responses / horizon)}. Ziegler et al. 2019,
     * section 2.2, with the gain of their code.
     *
     * @param coefficient of the first step, above 0; theirs is 0.15
     * @param target nats a response, above 0; theirs is 6
     * @param horizon responses over which an error of 100% would double it, were it not clipped; above 0, theirs is 10000
     */
    record Adaptive(double coefficient, double target, double horizon) implements KlPenalty {
        private static final double LARGEST_ERROR = 0.2;

        public Adaptive {
            Settings.require(Settings.isPositive(coefficient), "kl.coefficient", coefficient, "above 0");
            Settings.require(Settings.isPositive(target), "kl.target", target, "above 0, in nats a response");
            Settings.require(Settings.isPositive(horizon), "kl.horizon", horizon, "above 0, in responses");
        }

        @Override
        public double next(double coefficient, double kl, int responses) {
            double error = Math.clamp(kl / target - 1, -LARGEST_ERROR, LARGEST_ERROR);
            return coefficient * (1 + error * responses / horizon);
        }
    }
}
