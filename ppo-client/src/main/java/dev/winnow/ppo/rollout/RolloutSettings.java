package dev.winnow.ppo.rollout;

import dev.winnow.ppo.policy.ResponseLength;
import dev.winnow.ppo.policy.Sampling;

/**
 * How responses are made.
 *
 * @param prompts of a step, at least 1
 * @param responsesPerPrompt at least 1
 * @param microBatch responses that are generated together, and scored together by the models; at least 1
 * @param length of a response. Where it has a minimum, log-probabilities are taken without the tokens that it withholds
 * @param sampling its temperature must be above 0. Log-probabilities are taken at this temperature over all other tokens,
 *     so they are those that tokens are drawn with where {@code topK} is 0 and {@code topP} is 1
 * @param truncated what becomes of responses that did not end
 * @param truncationPenalty in units of the combined reward, at least 0; for {@link TruncatedResponse#PENALTY}
 * @param overlap whether one micro-batch is rewarded while the next is generated; without, each is waited for
 */
public record RolloutSettings(
        int prompts,
        int responsesPerPrompt,
        int microBatch,
        ResponseLength length,
        Sampling sampling,
        TruncatedResponse truncated,
        double truncationPenalty,
        boolean overlap) {
    /** Four responses a prompt, as arXiv 2306.01693; the distribution that is learnt is the one drawn from. */
    public static final RolloutSettings DEFAULT = new RolloutSettings(
            16, 4, 16, ResponseLength.atMost(128), new Sampling(1, 0, 1), TruncatedResponse.SCORE, 0, true);

    public RolloutSettings {
        Settings.require(prompts >= 1, "rollout.prompts", prompts, "1 or above");
        Settings.require(responsesPerPrompt >= 1, "rollout.responses_per_prompt", responsesPerPrompt, "1 or above");
        Settings.require(
                (long) prompts * responsesPerPrompt <= Integer.MAX_VALUE,
                "rollout.prompts times rollout.responses_per_prompt",
                (long) prompts * responsesPerPrompt,
                "at most " + Integer.MAX_VALUE);
        Settings.require(microBatch >= 1, "rollout.micro_batch", microBatch, "1 or above");
        Settings.require(
                sampling.temperature() > 0,
                "rollout.temperature",
                sampling.temperature(),
                "above 0: at 0 no token has a probability to learn from");
        Settings.require(
                Settings.isNotNegative(truncationPenalty),
                "rollout.truncation_penalty",
                truncationPenalty,
                "0 or above");
    }

    /** Returns the responses of a step. */
    public int responses() {
        return prompts * responsesPerPrompt;
    }
}
