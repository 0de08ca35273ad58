package dev.winnow.ppo.policy;

import java.util.Set;

/**
 * Tokens that could not be drawn, however likely the policy found them, as a response had to be longer.
 *
 * @param ids of the tokens
 * @param places among so many first tokens of the response
 */
public record WithheldTokens(Set<Integer> ids, int places) {
    /** All tokens could be drawn everywhere. */
    public static final WithheldTokens NONE = new WithheldTokens(Set.of(), 0);

    public WithheldTokens {
        ids = Set.copyOf(ids);
    }
}
