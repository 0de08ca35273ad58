package dev.winnow.ppo.ppo;

import dev.winnow.ppo.rollout.Settings;

/**
 * How rewards become advantages.
 *
 * @param rewardsAtEnd whether a response's rewards are summed at its last token, as if it had but one for the whole: to
 *     compare with. The penalty for leaving the reference stays at its tokens
 * @param discount of a reward for each token that it is later, gamma; from 0 to 1
 * @param lambda how far advantages trust rewards (1) rather than the value model (0); from 0 to 1
 * @param scaleRewards whether rewards, with their penalties, are divided by their standard deviation over the step
 * @param whitenAdvantages whether advantages are brought to mean 0 and standard deviation 1 over the step
 */
public record AdvantageSettings(
        boolean rewardsAtEnd, double discount, double lambda, boolean scaleRewards, boolean whitenAdvantages) {
    /**
     * Discount and lambda as the fine-grained runs of arXiv 2306.01693. Rewards are not scaled, as theirs are: their
     * deviation shrinks as the policy learns, so that the value model's targets grow from step to step.
     */
    public static final AdvantageSettings DEFAULT = new AdvantageSettings(false, 1, 0.95, false, true);

    public AdvantageSettings {
        Settings.require(discount >= 0 && discount <= 1, "advantages.discount", discount, "from 0 to 1");
        Settings.require(lambda >= 0 && lambda <= 1, "advantages.lambda", lambda, "from 0 to 1");
    }
}
