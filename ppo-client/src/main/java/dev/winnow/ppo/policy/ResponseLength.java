package dev.winnow.ppo.policy;

/**
 * How many tokens a response may have.
 *
 * @param minimum so many come before one that ends it; 0 or above, and where it is the maximum all responses are as long
 * @param maximum at least 1, the one that ends it included
 */
public record ResponseLength(int minimum, int maximum) {
    public ResponseLength {
        if (maximum < 1) {
            throw new IllegalArgumentException("new tokens: %d (expected: 1 or above)".formatted(maximum));
        }
        if (minimum < 0 || minimum > maximum) {
            throw new IllegalArgumentException(
                    "fewest new tokens: %d (expected: from 0 to %d, the most)".formatted(minimum, maximum));
        }
    }

    /** Returns the length of responses that may end at once. */
    public static ResponseLength atMost(int maximum) {
        return new ResponseLength(0, maximum);
    }
}
