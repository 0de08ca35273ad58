package dev.winnow.ppo.rollout;

/** What becomes of a response that has as many tokens as are allowed and did not end. */
public enum TruncatedResponse {
    /** It is treated as all others. */
    SCORE,
    /** The truncation penalty is taken off at its last token. */
    PENALTY,
    /** It is left out of the update; its rewards are in the metrics. */
    MASK
}
