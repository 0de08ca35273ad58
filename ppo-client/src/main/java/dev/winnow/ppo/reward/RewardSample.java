package dev.winnow.ppo.reward;

import java.util.List;

/**
 * One response to be rewarded. Immutable.
 *
 * @param prompt what it answers, as plain text
 * @param context passages that it may draw on
 * @param response its text and where the policy's tokens end in it
 */
public record RewardSample(String prompt, List<String> context, TokenEnds response) {
    public RewardSample {
        context = List.copyOf(context);
    }
}
