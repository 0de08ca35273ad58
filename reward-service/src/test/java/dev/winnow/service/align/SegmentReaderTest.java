package dev.winnow.service.align;

import static dev.winnow.service.align.TestingReward.IDENTITY;
import static dev.winnow.service.align.TestingReward.logits;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.winnow.service.domain.Density;
import dev.winnow.service.domain.Span;
import dev.winnow.service.input.LaidOutInput;
import dev.winnow.service.model.Link;
import dev.winnow.service.model.Logits;
import dev.winnow.service.model.Normalisation;
import dev.winnow.service.model.Pooling;
import java.util.List;
import org.junit.jupiter.api.Test;

class SegmentReaderTest {
    /** Four tokens of "abcdefgh"; the third lies in both segments. */
    private static final LaidOutInput INPUT =
            TestingReward.input(List.of(new Span(0, 2), new Span(2, 3), new Span(3, 6), new Span(6, 8)));

    private static final List<Span> SEGMENTS = List.of(new Span(0, 4), new Span(4, 8));

    /** Of the special token before, the four tokens and the special token after. */
    private static final Logits ONE_LABEL = logits(1, 100, 1, -2, 4, 9, -100);

    @Test
    void meanIsOverTheTokensThatOverlap() {
        assertThat(values(Pooling.MEAN, Link.LINEAR, IDENTITY)).containsExactly(1f, 6.5f);
    }

    @Test
    void maxIsOverTheTokensThatOverlap() {
        assertThat(values(Pooling.MAX, Link.LINEAR, IDENTITY)).containsExactly(4f, 9f);
    }

    @Test
    void maxOfNegativeLogitsIsNegative() {
        Logits negative = logits(1, 0, -5, -2, -4, -9, 0);
        assertThat(read(Pooling.MAX, Link.LINEAR, 0, IDENTITY, negative).values())
                .containsExactly(-2f, -4f);
    }

    @Test
    void firstAndLastTokenAreThoseOfTheRow() {
        assertThat(values(Pooling.FIRST_TOKEN, Link.LINEAR, IDENTITY)).containsExactly(100f, 100f);
        assertThat(values(Pooling.LAST_TOKEN, Link.LINEAR, IDENTITY)).containsExactly(-100f, -100f);
    }

    @Test
    void pooledLogitsAreTheRowsOwn() {
        assertThat(read(Pooling.POOLED, Link.LINEAR, 1, IDENTITY, logits(2, 3, 5))
                        .values())
                .containsExactly(5f, 5f);
    }

    @Test
    void normalisationFollowsTheLink() {
        SegmentValues read = read(Pooling.MEAN, Link.LINEAR, 0, new Normalisation(0.5, 2, 4, -1), ONE_LABEL);
        assertThat(read.raw()).containsExactly(1f, 6.5f);
        assertThat(read.values()).containsExactly(0f, 11f);
    }

    @Test
    void linkIsAppliedToThePooledLogits() {
        Logits opposed = logits(1, 0, 7, -7, 0, 3, 0);
        assertThat(read(Pooling.MEAN, Link.SIGMOID, 0, IDENTITY, opposed).values())
                .containsExactly(0.5f, 0.8175745f);
    }

    @Test
    void softmaxIsOverAllLabelsAndReadsItsOwn() {
        float ln3 = (float) Math.log(3);
        Logits labels = logits(2, 0, 0, 0, ln3, 0, ln3, 0, ln3, ln3, 0, 0, 0);
        List<Float> second =
                read(Pooling.MAX, Link.SOFTMAX, 1, IDENTITY, labels).values();
        List<Float> first = read(Pooling.MAX, Link.SOFTMAX, 0, IDENTITY, labels).values();
        assertThat(second.get(0)).isCloseTo(0.75f, within(1e-6f));
        assertThat(first.get(0)).isCloseTo(0.25f, within(1e-6f));
        assertThat(second.get(1)).isEqualTo(0.5f);
        assertThat(first.get(1)).isEqualTo(0.5f);
    }

    @Test
    void linearReadsItsOwnOfSeveralLabels() {
        Logits labels = logits(3, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 0, 0, 0);
        assertThat(read(Pooling.MEAN, Link.LINEAR, 2, IDENTITY, labels).values())
                .containsExactly(6f, 10.5f);
    }

    private static List<Float> values(Pooling pooling, Link link, Normalisation normalisation) {
        return read(pooling, link, 0, normalisation, ONE_LABEL).values();
    }

    private static SegmentValues read(
            Pooling pooling, Link link, int label, Normalisation normalisation, Logits logits) {
        return SegmentReader.read(
                TestingReward.of(Density.SENTENCE, link, pooling, label, normalisation),
                Density.SENTENCE,
                SEGMENTS,
                INPUT,
                logits);
    }
}
