package dev.winnow.loadtest.text;

import java.io.IOException;
import java.util.random.RandomGenerator;

/** How long the next text shall be. */
@FunctionalInterface
public interface Lengths {
    /** Draws a length. */
    Limit draw(RandomGenerator random);

    /**
     * How long a text may be; it is as long as both allow.
     *
     * @param words most words
     * @param tokens most tokens of the bundle's tokenizer, without special tokens
     */
    record Limit(int words, int tokens) {}

    /** Answers to questions, as long as those of QA-Feedback's {@code train_1k}. */
    static Lengths answers() throws IOException {
        return words(LengthTable.read("train_1k"));
    }

    /** Posts, as long as those of Toxic Spans. */
    static Lengths posts() throws IOException {
        return words(LengthTable.read("toxic_spans"));
    }

    /** From 20 to 500 tokens, all equally often. */
    static Lengths mixed() {
        return tokens(20, 500);
    }

    private static Lengths words(LengthTable table) {
        return random -> new Limit(table.words(random.nextDouble()), Integer.MAX_VALUE);
    }

    /** From {@code least} to {@code most} tokens, all equally often. */
    static Lengths tokens(int least, int most) {
        // A word has a token or more, so that a text of so many words is long enough to be cut.
        return random -> {
            int tokens = random.nextInt(least, most + 1);
            return new Limit(tokens, tokens);
        };
    }
}
