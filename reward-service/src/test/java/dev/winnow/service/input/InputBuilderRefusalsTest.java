package dev.winnow.service.input;

import static dev.winnow.service.domain.TestingFailures.failureOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.winnow.service.domain.Failure;
import dev.winnow.service.domain.Prompt;
import dev.winnow.service.domain.TestingSamples;
import dev.winnow.service.model.InputLayout;
import dev.winnow.service.model.InputLayout.ContextPiece;
import dev.winnow.service.model.InputLayout.Piece;
import dev.winnow.service.model.InputLayout.PromptPiece;
import dev.winnow.service.model.InputLayout.ResponsePiece;
import dev.winnow.service.model.InputLayout.Side;
import dev.winnow.service.model.InputLayout.Special;
import dev.winnow.service.model.InvalidManifestException;
import dev.winnow.service.text.TestingTokenizers;
import java.util.List;
import org.junit.jupiter.api.Test;

class InputBuilderRefusalsTest {
    private static final int MAXIMUM_TOKENS = 8;

    private final InputBuilder builder = builder(
            new Special("[CLS]", 0), new PromptPiece(Side.LEFT, 3, 0), new ResponsePiece(0), new Special("[SEP]", 0));

    @Test
    void responseThatJustFitsIsLaidOut() {
        assertThat(builder.build(TestingSamples.of("abc", "xyz")).row().width()).isEqualTo(MAXIMUM_TOKENS);
    }

    @Test
    void responseThatDoesNotFitIsRefusedWithBothLengths() {
        assertThat(failureOf(() -> builder.build(TestingSamples.of("abcdefgh", "vwxyz"))))
                .isEqualTo(
                        new Failure.OutOfRange(
                                "response: 5 tokens of the reward model's tokenizer (expected: at most 3 beside the other parts of its input, 8 in all)"));
    }

    @Test
    void shorterPromptLeavesMoreRoom() {
        assertThat(builder.build(TestingSamples.of("a", "vwxyz")).row().width()).isEqualTo(MAXIMUM_TOKENS);
    }

    @Test
    void absentPromptIsRefusedWhereItIsRead() {
        assertThat(failureOf(() -> builder.build(TestingSamples.of(new Prompt.None(), "x"))))
                .isEqualTo(new Failure.InvalidArgument("prompt: absent (expected: text, which this reward reads)"));
    }

    @Test
    void blankPromptIsRefusedWhereItIsRead() {
        assertThat(failureOf(() -> builder.build(TestingSamples.of(" \n\t", "x"))))
                .isEqualTo(new Failure.InvalidArgument("prompt: blank (expected: text, which this reward reads)"));
    }

    @Test
    void conversationIsRefused() {
        Prompt conversation =
                new Prompt.Conversation(List.of(new Prompt.Turn("user", "a"), new Prompt.Turn("assistant", "b")));
        assertThat(failureOf(() -> builder.build(TestingSamples.of(conversation, "x"))))
                .isEqualTo(new Failure.InvalidArgument(
                        "messages: 2 turns (expected: a prompt; this reward's model has no conversation layout)"));
    }

    @Test
    void contextWithoutTextIsRefusedWhereItIsRead() {
        InputBuilder grounds = builder(new ContextPiece(3, 0), new ResponsePiece(0));
        assertThat(failureOf(() -> grounds.build(TestingSamples.withContext("x"))))
                .isEqualTo(new Failure.InvalidArgument("context: absent (expected: text, which this reward reads)"));
        assertThat(failureOf(() -> grounds.build(TestingSamples.withContext("x", "", " \n"))))
                .isEqualTo(new Failure.InvalidArgument("context: blank (expected: text, which this reward reads)"));
    }

    @Test
    void responseThatCannotFitIsRefusedBeforeItsContextIsLookedAt() {
        InputBuilder grounds = builder(new Special("[CLS]", 0), new ContextPiece(3, 0), new ResponsePiece(0));
        assertThat(failureOf(() -> grounds.build(TestingSamples.withContext("abcdefgh"))))
                .isEqualTo(
                        new Failure.OutOfRange(
                                "response: 8 tokens of the reward model's tokenizer (expected: at most 7 beside the other parts of its input, 8 in all)"));
    }

    @Test
    void budgetsMustLeaveRoomForAResponse() {
        assertThatThrownBy(() -> builder(new ContextPiece(7, 0), new Special("[CLS]", 0), new ResponsePiece(0)))
                .isInstanceOf(InvalidManifestException.class)
                .hasMessage("inputs.pair: 8 tokens beside the response (expected: fewer than maximum_tokens, 8)");
    }

    @Test
    void specialTokenMustBeInTheVocabulary() {
        assertThatThrownBy(() -> builder(new Special("<s>", 0), new ResponsePiece(0)))
                .isInstanceOf(InvalidManifestException.class)
                .hasMessage("inputs.pair: special <s> (expected: a token of tokenizer.json)");
    }

    private static InputBuilder builder(Piece... pieces) {
        return new InputBuilder(
                new InputLayout("pair", List.of(pieces), false), TestingTokenizers.codePoints(), MAXIMUM_TOKENS);
    }
}
