package dev.winnow.loadtest.simulation;

import dev.winnow.loadtest.text.Lengths;
import java.util.random.RandomGenerator;

/** How many tokens the next row has, special tokens included. */
@FunctionalInterface
public interface TokenLengths {
    /** Draws a length; at least 1. */
    int draw(RandomGenerator random);

    /**
     * Texts of these lengths, as a bundle's tokenizer cuts them.
     *
     * @param tokensPerWord on average
     * @param special tokens that every row has
     * @param maximum tokens of a row; what is longer is cut
     */
    static TokenLengths of(Lengths lengths, double tokensPerWord, int special, int maximum) {
        return random -> {
            Lengths.Limit limit = lengths.draw(random);
            long tokens = Math.round(Math.min(limit.words() * tokensPerWord, limit.tokens()));
            return (int) Math.min(tokens + special, maximum);
        };
    }
}
