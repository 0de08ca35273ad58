package dev.winnow.loadtest.text;

import dev.winnow.v1.Sample;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** Samples of our own corpus, each with a response that no other has. */
public final class DrawnSamples implements Samples {
    private static final int PROMPT_WORDS = 12;
    private static final int PASSAGES = 3;
    private static final int PASSAGE_WORDS = 60;

    private final Corpus corpus;
    private final DistinctTexts responses;
    private final Lengths lengths;
    private final Parts parts;
    private final RandomGenerator random;
    private int count;

    /** What a sample has beside its response. */
    public record Parts(boolean prompt, boolean context) {}

    /**
     * Creates a source.
     *
     * @param maximumTokens most tokens of a response, whatever its length is drawn to be
     */
    public DrawnSamples(
            Corpus corpus, Cutter cutter, Lengths lengths, int maximumTokens, Parts parts, RandomGenerator random) {
        this.corpus = corpus;
        this.responses = new DistinctTexts(corpus, cutter, maximumTokens, random);
        this.lengths = lengths;
        this.parts = parts;
        this.random = random;
    }

    @Override
    public Sample next() {
        Sample.Builder sample =
                Sample.newBuilder().setId(Integer.toString(count++)).setResponse(responses.next(lengths));
        if (parts.prompt()) {
            sample.setPrompt(corpus.draw(PROMPT_WORDS, random));
        }
        if (parts.context()) {
            IntStream.range(0, PASSAGES).forEach(passage -> sample.addContext(corpus.draw(PASSAGE_WORDS, random)));
        }
        return sample.build();
    }
}
