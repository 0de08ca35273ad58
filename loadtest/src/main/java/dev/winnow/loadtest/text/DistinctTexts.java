package dev.winnow.loadtest.text;

import java.util.HashSet;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Draws texts of which no two are equal: the service runs equal ones that are in flight together only once. Not
 * thread-safe.
 */
final class DistinctTexts {
    private static final int TRIES = 100;

    private final Corpus corpus;
    private final Cutter cutter;
    private final int maximumTokens;
    private final RandomGenerator random;
    /** Hashes, for many short ones: where two texts share one, another text is drawn. */
    private final Set<Integer> drawn = new HashSet<>();

    /**
     * Creates a source.
     *
     * @param maximumTokens most tokens that a text may have, whatever its length is drawn to be
     */
    DistinctTexts(Corpus corpus, Cutter cutter, int maximumTokens, RandomGenerator random) {
        this.corpus = corpus;
        this.cutter = cutter;
        this.maximumTokens = maximumTokens;
        this.random = random;
    }

    /** Draws the next. Where the texts of a length are used up, one of another length is drawn. */
    String next(Lengths lengths) {
        for (int attempt = 0; attempt < TRIES; attempt++) {
            Lengths.Limit limit = lengths.draw(random);
            String text = cutter.cut(corpus.draw(limit.words(), random), Math.min(limit.tokens(), maximumTokens));
            if (drawn.add(text.hashCode())) {
                return text;
            }
        }
        throw new IllegalStateException(
                "texts of these lengths: all of %d in use (expected: another one)".formatted(drawn.size()));
    }
}
