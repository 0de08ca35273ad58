package dev.winnow.service.input;

import static dev.winnow.service.domain.TestingFailures.failureOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.winnow.service.domain.Failure;
import dev.winnow.service.domain.Prompt;
import dev.winnow.service.domain.Prompt.Turn;
import dev.winnow.service.domain.Sample;
import dev.winnow.service.domain.TestingSamples;
import dev.winnow.service.model.InputLayout;
import dev.winnow.service.model.InputLayout.Affixes;
import dev.winnow.service.model.InputLayout.Literal;
import dev.winnow.service.model.InputLayout.MessagesPiece;
import dev.winnow.service.model.InputLayout.ResponsePiece;
import dev.winnow.service.model.InputLayout.Side;
import dev.winnow.service.model.InvalidManifestException;
import dev.winnow.service.text.TestingTokenizers;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Rows are compared as text, since a token is a code point; {@code [CLS]} is 1 and {@code [SEP]} is 2. */
class MessagesTest {
    private static final Map<String, Affixes> ROLES = Map.of(
            "system", new Affixes("S(", ")"),
            "user", new Affixes("[CLS]U(", ")"),
            "assistant", new Affixes("", "[SEP]"));
    private static final Turn SYSTEM = new Turn("system", "sys");
    private static final Turn USER = new Turn("user", "abc");
    private static final Turn ASSISTANT = new Turn("assistant", "de");

    @Test
    void turnsStandBetweenTheTextsOfTheirRoles() {
        LaidOutInput input = build(piece("^", "D", false, Side.LEFT, 99), SYSTEM, USER, ASSISTANT);
        assertThat(text(input)).isEqualTo("^S(sys)\1U(abc)de\2>xy");
        assertThat(input.truncated()).isFalse();
        assertThat(input.responseStart()).isEqualTo(20 - "xy".length());
        assertThat(input.row().types()).startsWith(4, 4).endsWith(4, 0, 0, 0);
    }

    @Test
    void defaultSystemStandsBeforeAConversationThatBeginsOtherwise() {
        assertThat(text(build(piece("^", "[SEP]D", false, Side.LEFT, 99), USER, SYSTEM)))
                .isEqualTo("^\2D\1U(abc)S(sys)>xy");
        assertThat(text(build(piece("", "", false, Side.LEFT, 99), USER))).isEqualTo("\1U(abc)>xy");
    }

    @Test
    void spelledSpecialTokenStaysText() {
        assertThat(text(build(piece("", "", false, Side.LEFT, 99), new Turn("user", "[SEP]"))))
                .isEqualTo("\1U([SEP])>xy");
    }

    @Test
    void contentsLoseTheirWhiteSpaceWhereTheLayoutSaysSo() {
        Turn spaced = new Turn("user", "\n a b\u00a0");
        assertThat(text(build(piece("", "", true, Side.LEFT, 99), spaced))).isEqualTo("\1U(a b)>xy");
        assertThat(text(build(piece("", "", false, Side.LEFT, 99), spaced))).isEqualTo("\1U(\n a b\u00a0)>xy");
    }

    @Test
    void cutOnTheLeftLeavesWhatStandsBeforeTheTurns() {
        LaidOutInput input = build(piece("^", "D", false, Side.LEFT, 7), USER, ASSISTANT);
        assertThat(text(input)).isEqualTo("^Dc)de\2>xy");
        assertThat(input.truncated()).isTrue();
        assertThat(text(build(piece("^", "D", false, Side.LEFT, 7), SYSTEM, ASSISTANT)))
                .isEqualTo("^ys)de\2>xy");
    }

    @Test
    void cutOnTheRightLeavesTheFirstTokens() {
        LaidOutInput input = build(piece("^", "D", false, Side.RIGHT, 7), USER, ASSISTANT);
        assertThat(text(input)).isEqualTo("^D\1U(ab>xy");
        assertThat(input.truncated()).isTrue();
    }

    @Test
    void conversationOfItsBudgetIsNotCut() {
        LaidOutInput input = build(piece("^", "D", false, Side.LEFT, 9), USER);
        assertThat(text(input)).isEqualTo("^D\1U(abc)>xy");
        assertThat(input.truncated()).isFalse();
    }

    @Test
    void roleThatTheLayoutLacksIsRefused() {
        assertThat(failure(new Prompt.Conversation(List.of(USER, new Turn("tool", "secret")))))
                .isEqualTo(new Failure.InvalidArgument(
                        "messages[1].role: tool (expected: one of [assistant, system, user])"));
        assertThat(failure(new Prompt.Conversation(List.of(new Turn("r".repeat(1000), "")))))
                .isEqualTo(new Failure.InvalidArgument(
                        "messages[0].role: " + "r".repeat(32) + "... (expected: one of [assistant, system, user])"));
    }

    @Test
    void whatIsNoConversationIsRefused() {
        assertThat(failure(new Prompt.Plain("<|im_start|>user\nhello")))
                .isEqualTo(new Failure.InvalidArgument(
                        "prompt: plain text (expected: messages, which this reward's model lays out itself)"));
        assertThat(failure(new Prompt.Conversation(List.of())))
                .isEqualTo(new Failure.InvalidArgument("messages: empty (expected: at least one turn)"));
        assertThat(failure(new Prompt.None()))
                .isEqualTo(new Failure.InvalidArgument("messages: absent (expected: at least one turn)"));
    }

    @Test
    void budgetMustLeaveRoomForTurns() {
        assertThatThrownBy(() -> builder(piece("^", "Default", false, Side.LEFT, 8), 99))
                .isInstanceOf(InvalidManifestException.class)
                .hasMessage(
                        "inputs.chat: 8 tokens of begin and default_system (expected: fewer than the budget of messages, 8)");
    }

    @Test
    void budgetMustLeaveRoomForAResponse() {
        assertThatThrownBy(() -> builder(piece("", "", false, Side.LEFT, 20), 21))
                .isInstanceOf(InvalidManifestException.class)
                .hasMessage("inputs.chat: 21 tokens beside the response (expected: fewer than maximum_tokens, 21)");
    }

    private static Failure failure(Prompt prompt) {
        Sample sample = TestingSamples.of(prompt, "xy");
        return failureOf(() -> builder(piece("", "", false, Side.LEFT, 9), 99).build(sample));
    }

    private static LaidOutInput build(MessagesPiece piece, Turn... turns) {
        return builder(piece, 120).build(TestingSamples.of(new Prompt.Conversation(List.of(turns)), "xy"));
    }

    private static InputBuilder builder(MessagesPiece piece, int maximumTokens) {
        InputLayout layout = new InputLayout("chat", List.of(piece, new Literal(">", 0), new ResponsePiece(0)), false);
        return new InputBuilder(layout, TestingTokenizers.codePoints(), maximumTokens);
    }

    private static MessagesPiece piece(String begin, String defaultSystem, boolean trim, Side truncate, int budget) {
        return new MessagesPiece(begin, defaultSystem, ROLES, trim, truncate, budget, 4);
    }

    private static String text(LaidOutInput input) {
        StringBuilder text = new StringBuilder();
        input.row().ids().forEach(text::appendCodePoint);
        return text.toString();
    }
}
