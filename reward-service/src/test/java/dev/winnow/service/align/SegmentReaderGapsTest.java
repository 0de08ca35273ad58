package dev.winnow.service.align;

import static dev.winnow.service.align.TestingReward.IDENTITY;
import static dev.winnow.service.align.TestingReward.logits;
import static dev.winnow.service.domain.TestingFailures.failureOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.winnow.service.domain.Density;
import dev.winnow.service.domain.Failure;
import dev.winnow.service.domain.Span;
import dev.winnow.service.model.Link;
import dev.winnow.service.model.Logits;
import dev.winnow.service.model.Normalisation;
import dev.winnow.service.model.Pooling;
import dev.winnow.service.model.RewardSpecification;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SegmentReaderGapsTest {
    private static final Span FIRST = new Span(0, 3);
    private static final Span SECOND = new Span(3, 4);
    private static final Span THIRD = new Span(4, 6);

    @Test
    void tokensWithoutWidthAreNotRead() {
        List<Span> spans = List.of(new Span(0, 0), FIRST, new Span(0, 0), new Span(4, 4), THIRD, new Span(6, 6));
        Logits logits = logits(1, 0, 70, 1, 80, 90, 2, 60, 0);
        SegmentValues read = read(Density.SENTENCE, Pooling.MEAN, List.of(FIRST, THIRD), spans, logits);
        assertThat(read.values()).containsExactly(1f, 2f);
    }

    @Test
    void segmentIsReadFromAllTokensThatShareItsOneCodePoint() {
        List<Span> spans = List.of(SECOND, SECOND, SECOND);
        Logits logits = logits(1, 0, 3, 5, 10, 0);
        assertThat(read(Density.TOKEN, Pooling.MEAN, List.of(SECOND), spans, logits)
                        .values())
                .containsExactly(6f);
    }

    @Test
    void oneTokenIsReadByEverySegmentThatItCovers() {
        Logits logits = logits(1, 0, 3, 0);
        assertThat(read(Density.TOKEN, Pooling.MAX, List.of(FIRST, SECOND, THIRD), List.of(new Span(0, 6)), logits)
                        .values())
                .containsExactly(3f, 3f, 3f);
    }

    @ParameterizedTest
    @EnumSource(
            value = Density.class,
            names = {"TOKEN", "SUB_SENTENCE", "SENTENCE"})
    void segmentsWithoutTokenAreLeftOut(Density density) {
        SegmentValues read =
                read(density, Pooling.MAX, List.of(FIRST, SECOND, THIRD), List.of(FIRST, THIRD), logits(1, 0, 1, 2, 0));
        assertThat(read.segments()).containsExactly(FIRST, THIRD);
        assertThat(read.raw()).containsExactly(1f, 2f);
        assertThat(read.values()).containsExactly(1f, 2f);
    }

    @ParameterizedTest
    @EnumSource(
            value = Density.class,
            names = {"STEP", "SEQUENCE"})
    void stepOrWholeWithoutTokenIsAnError(Density density) {
        assertThat(failureOf(() ->
                        read(density, Pooling.MEAN, List.of(SECOND), List.of(FIRST, THIRD), logits(1, 0, 1, 2, 0))))
                .isEqualTo(new Failure.InvalidArgument(
                        "%s segment [3, 4): no token of the reward model's tokenizer (expected: at least one)"
                                .formatted(density)));
    }

    @ParameterizedTest
    @EnumSource(
            value = Pooling.class,
            names = {"FIRST_TOKEN", "LAST_TOKEN"})
    void rowsOwnTokensNeedNoTokenOfTheResponse(Pooling pooling) {
        assertThat(read(Density.SEQUENCE, pooling, List.of(new Span(0, 0)), List.of(), logits(1, 5, 5))
                        .values())
                .containsExactly(5f);
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
    void valueThatIsNotFiniteIsTheModelsFault(float logit) {
        assertThatThrownBy(() ->
                        read(Density.SENTENCE, Pooling.MAX, List.of(FIRST), List.of(FIRST), logits(1, 0, logit, 0)))
                .isInstanceOf(NotFiniteException.class)
                .hasMessage("quality at SENTENCE: %s (expected: a finite value)", logit);
    }

    @Test
    void valueThatOverflowsAFloatIsNotFinite() {
        RewardSpecification huge =
                TestingReward.of(Density.SENTENCE, Link.LINEAR, Pooling.MAX, 0, new Normalisation(0, 1, 1e39, 0));
        assertThatThrownBy(() -> SegmentReader.read(
                        huge,
                        Density.SENTENCE,
                        List.of(FIRST),
                        TestingReward.input(List.of(FIRST)),
                        logits(1, 0, 2, 0)))
                .isInstanceOf(NotFiniteException.class)
                .hasMessage("quality at SENTENCE: Infinity (expected: a finite value)");
    }

    @Test
    void notANumberAmongTheTokensOfASegmentIsNotHiddenByMax() {
        assertThatThrownBy(() -> read(
                        Density.SENTENCE,
                        Pooling.MAX,
                        List.of(new Span(0, 6)),
                        List.of(FIRST, THIRD),
                        logits(1, 0, Float.NaN, 2, 0)))
                .isInstanceOf(NotFiniteException.class);
    }

    @Test
    void densityThatTheRewardLacksIsRefused() {
        RewardSpecification reward = TestingReward.of(Density.TOKEN, Link.LINEAR, Pooling.MAX, 0, IDENTITY);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SegmentReader.read(
                        reward, Density.STEP, List.of(), TestingReward.input(List.of()), logits(1, 0, 0)))
                .withMessage("density: STEP (expected: one of [TOKEN])");
    }

    private static SegmentValues read(
            Density density, Pooling pooling, List<Span> segments, List<Span> tokens, Logits logits) {
        return SegmentReader.read(
                TestingReward.of(density, Link.LINEAR, pooling, 0, IDENTITY),
                density,
                segments,
                TestingReward.input(tokens),
                logits);
    }
}
