package dev.winnow.loadtest.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.winnow.loadtest.text.DrawnSamples.Parts;
import dev.winnow.v1.Sample;
import java.io.IOException;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DrawnSamplesTest {
    /** A token a word. */
    private static final Cutter WORDS = (text, tokens) ->
            String.join(" ", Stream.of(text.split(" ")).limit(tokens).toList());

    @Test
    void noTwoResponsesAreEqual() throws IOException {
        List<Sample> samples = draw(samples(Corpus.own(), Lengths.posts(), 510, new Parts(false, false)), 5000);

        assertThat(samples).extracting(Sample::getResponse).doesNotHaveDuplicates();
        assertThat(samples).extracting(Sample::getId).doesNotHaveDuplicates();
        assertThat(samples).noneMatch(Sample::hasPrompt);
    }

    @Test
    void noResponseIsLongerThanTheModelTakes() throws IOException {
        List<Sample> samples = draw(samples(Corpus.own(), Lengths.mixed(), 40, new Parts(false, false)), 500);

        assertThat(samples)
                .allSatisfy(
                        sample -> assertThat(sample.getResponse().split(" ")).hasSizeBetween(20, 40));
    }

    @Test
    void hasWhatTheBundleReads() throws IOException {
        Sample sample = samples(Corpus.own(), Lengths.answers(), 510, new Parts(true, true))
                .next();

        assertThat(sample.getPrompt().split(" ")).hasSize(12);
        assertThat(sample.getContextList()).hasSize(3);
    }

    @Test
    void isTheSameForTheSameSeed() throws IOException {
        Parts parts = new Parts(true, true);
        assertThat(draw(samples(Corpus.own(), Lengths.answers(), 510, parts), 20))
                .isEqualTo(draw(samples(Corpus.own(), Lengths.answers(), 510, parts), 20));
    }

    @Test
    void saysWhenThereIsNoOtherText() {
        Corpus tiny = new Corpus(List.of("One.", "Two."));
        Samples samples = samples(tiny, Lengths.tokens(1, 1), 10, new Parts(false, false));
        draw(samples, 2);

        assertThatIllegalStateException().isThrownBy(samples::next).withMessageContaining("all of 2 in use");
    }

    private static Samples samples(Corpus corpus, Lengths lengths, int maximumTokens, Parts parts) {
        return new DrawnSamples(corpus, WORDS, lengths, maximumTokens, parts, new SplittableRandom(1));
    }

    private static List<Sample> draw(Samples samples, int count) {
        return Stream.generate(samples::next).limit(count).toList();
    }
}
