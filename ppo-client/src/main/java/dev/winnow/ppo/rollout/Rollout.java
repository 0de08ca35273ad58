package dev.winnow.ppo.rollout;

import dev.winnow.ppo.policy.Generation;
import dev.winnow.ppo.reward.TokenEnds;

/**
 * A prompt and a response that the policy wrote to it.
 *
 * @param text the response's text, and where its tokens end in it
 */
public record Rollout(Prompt prompt, Generation generation, TokenEnds text) {
    /** Returns the number of tokens of the response, the one that ended it among them. */
    public int length() {
        return generation.length();
    }

    /** Returns whether the response has as many tokens as are allowed and did not end. */
    public boolean truncated() {
        return !generation.ended();
    }
}
