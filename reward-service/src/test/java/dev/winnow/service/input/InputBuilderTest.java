package dev.winnow.service.input;

import static org.assertj.core.api.Assertions.assertThat;

import dev.winnow.service.domain.Prompt;
import dev.winnow.service.domain.Sample;
import dev.winnow.service.domain.Span;
import dev.winnow.service.domain.TestingSamples;
import dev.winnow.service.model.InputLayout;
import dev.winnow.service.model.InputLayout.ContextPiece;
import dev.winnow.service.model.InputLayout.Literal;
import dev.winnow.service.model.InputLayout.Piece;
import dev.winnow.service.model.InputLayout.PromptPiece;
import dev.winnow.service.model.InputLayout.ResponsePiece;
import dev.winnow.service.model.InputLayout.Side;
import dev.winnow.service.model.InputLayout.Special;
import dev.winnow.service.text.TestingTokenizers;
import java.util.List;
import org.junit.jupiter.api.Test;

class InputBuilderTest {
    private static final Special CLS = new Special("[CLS]", 0);
    private static final Special SEP = new Special("[SEP]", 1);
    private static final ResponsePiece RESPONSE = new ResponsePiece(1);

    @Test
    void laysPiecesOutInOrderWithTheirTypes() {
        LaidOutInput input = build(
                TestingSamples.of("ab", "xyz"),
                CLS,
                new Literal("Q:", 3),
                new PromptPiece(Side.LEFT, 9, 0),
                new Literal("\n", 0),
                RESPONSE,
                SEP);
        assertThat(input.row().ids())
                .containsExactly(1, (int) 'Q', (int) ':', (int) 'a', (int) 'b', 10, 120, 121, 122, 2);
        assertThat(input.row().types()).containsExactly(0, 3, 3, 0, 0, 0, 1, 1, 1, 1);
        assertThat(input.responseStart()).isEqualTo(6);
        assertThat(input.responseSpans()).containsExactly(new Span(0, 1), new Span(1, 2), new Span(2, 3));
        assertThat(input.truncated()).isFalse();
    }

    @Test
    void responseMayComeFirst() {
        LaidOutInput input = build(TestingSamples.of("ab", "xy"), RESPONSE, new PromptPiece(Side.LEFT, 9, 0));
        assertThat(input.responseStart()).isZero();
        assertThat(input.row().ids()).containsExactly(120, 121, 97, 98);
    }

    @Test
    void promptIsCutOnTheLeft() {
        LaidOutInput input = build(TestingSamples.of("abcde", "x"), CLS, new PromptPiece(Side.LEFT, 2, 0), RESPONSE);
        assertThat(input.row().ids()).containsExactly(1, 100, 101, 120);
        assertThat(input.responseStart()).isEqualTo(3);
        assertThat(input.truncated()).isTrue();
    }

    @Test
    void promptIsCutOnTheRight() {
        LaidOutInput input = build(TestingSamples.of("abcde", "x"), CLS, new PromptPiece(Side.RIGHT, 2, 0), RESPONSE);
        assertThat(input.row().ids()).containsExactly(1, 97, 98, 120);
        assertThat(input.truncated()).isTrue();
    }

    @Test
    void promptOfItsBudgetIsNotCut() {
        LaidOutInput input = build(TestingSamples.of("abc", "x"), new PromptPiece(Side.LEFT, 3, 0), RESPONSE);
        assertThat(input.row().ids()).containsExactly(97, 98, 99, 120);
        assertThat(input.truncated()).isFalse();
    }

    @Test
    void contextStandsInItsPlaceWithItsType() {
        LaidOutInput input = build(TestingSamples.withContext("b", "a\nb"), CLS, new ContextPiece(9, 2), SEP, RESPONSE);
        assertThat(input.row().ids()).containsExactly(1, 97, 98, 2, 98);
        assertThat(input.row().types()).containsExactly(0, 2, 2, 1, 1);
        assertThat(input.responseStart()).isEqualTo(4);
        assertThat(input.truncated()).isFalse();
    }

    @Test
    void contextThatIsLeftOutMakesTheRowTruncated() {
        LaidOutInput input = build(TestingSamples.withContext("b", "b b\nb"), new ContextPiece(2, 0), RESPONSE);
        assertThat(input.row().ids()).containsExactly(98, 98);
        assertThat(input.truncated()).isTrue();
    }

    @Test
    void layoutWithoutPromptDoesNotAskForOne() {
        LaidOutInput input = build(TestingSamples.of(new Prompt.None(), "x"), CLS, RESPONSE);
        assertThat(input.row().ids()).containsExactly(1, 120);
    }

    @Test
    void emptyResponseHasAPlaceAndNoSpans() {
        LaidOutInput input = build(TestingSamples.of("ab", ""), CLS, RESPONSE, SEP);
        assertThat(input.row().ids()).containsExactly(1, 2);
        assertThat(input.responseStart()).isEqualTo(1);
        assertThat(input.responseSpans()).isEmpty();
    }

    @Test
    void samplesDoNotMeetInOneBuilder() {
        InputBuilder builder = builder(CLS, new PromptPiece(Side.LEFT, 2, 0), RESPONSE);
        assertThat(builder.build(TestingSamples.of("abc", "x")).truncated()).isTrue();
        assertThat(builder.build(TestingSamples.of("a", "y")))
                .isEqualTo(
                        builder(CLS, new PromptPiece(Side.LEFT, 2, 0), RESPONSE).build(TestingSamples.of("a", "y")));
    }

    private static LaidOutInput build(Sample sample, Piece... pieces) {
        return builder(pieces).build(sample);
    }

    private static InputBuilder builder(Piece... pieces) {
        return new InputBuilder(new InputLayout("pair", List.of(pieces), false), TestingTokenizers.codePoints(), 20);
    }
}
