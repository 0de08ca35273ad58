package dev.winnow.service.input;

import dev.winnow.service.domain.FailureException;
import dev.winnow.service.domain.Prompt;
import dev.winnow.service.domain.Prompt.Turn;
import dev.winnow.service.model.InputLayout.MessagesPiece;
import dev.winnow.service.model.InvalidManifestException;
import dev.winnow.service.text.Tokenizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Tokenises conversations for one {@link MessagesPiece}. Thread-safe. The fixed texts are tokenised once, here; each
 * content is tokenised alone, so that no turn's tokens depend on its neighbours.
 */
final class MessagesTokenizer {
    private static final int LONGEST_ROLE_SHOWN = 32;

    private final MessagesPiece piece;
    private final Tokenizer tokenizer;
    private final List<Integer> begin;
    private final List<Integer> beginWithDefaultSystem = new ArrayList<>();
    private final Map<String, AffixIds> affixes = new HashMap<>();

    private record AffixIds(List<Integer> prefix, List<Integer> suffix) {}

    /**
     * Tokenises the fixed texts.
     *
     * @throws InvalidManifestException if those before the first turn leave no room for a turn
     */
    MessagesTokenizer(String layout, MessagesPiece piece, Tokenizer tokenizer) {
        this.piece = piece;
        this.tokenizer = tokenizer;
        begin = tokenizer.tokenizeFixed(piece.begin());
        beginWithDefaultSystem.addAll(begin);
        beginWithDefaultSystem.addAll(tokenizer.tokenizeFixed(piece.defaultSystem()));
        piece.roles()
                .forEach((role, texts) -> affixes.put(
                        role,
                        new AffixIds(
                                tokenizer.tokenizeFixed(texts.prefix()), tokenizer.tokenizeFixed(texts.suffix()))));
        if (beginWithDefaultSystem.size() >= piece.budget()) {
            throw new InvalidManifestException(
                    "inputs.%s: %d tokens of begin and default_system (expected: fewer than the budget of messages, %d)"
                            .formatted(layout, beginWithDefaultSystem.size(), piece.budget()));
        }
    }

    /**
     * The tokens of a sample's conversation. What stands before the first turn is not cut on the left.
     *
     * @throws FailureException if the sample has no conversation, or one with a role that the layout does not know
     */
    CutTokens tokenize(Prompt prompt) {
        List<Turn> turns = turnsOf(prompt);
        List<Integer> head = turns.getFirst().role().equals("system") ? begin : beginWithDefaultSystem;
        List<Integer> ids = new ArrayList<>();
        for (int index = 0; index < turns.size(); index++) {
            addTurn(turns.get(index), index, ids);
        }
        CutTokens kept = CutTokens.of(ids, piece.truncate(), piece.budget() - head.size());
        List<Integer> all = new ArrayList<>(head);
        all.addAll(kept.ids());
        return new CutTokens(all, kept.truncated());
    }

    private void addTurn(Turn turn, int index, List<Integer> ids) {
        AffixIds around = affixes.get(turn.role());
        if (around == null) {
            throw FailureException.invalidArgument(
                    "messages[%d].role: %s (expected: one of %s)",
                    index, shown(turn.role()), new TreeSet<>(affixes.keySet()));
        }
        ids.addAll(around.prefix());
        ids.addAll(tokenizer
                .tokenize(piece.trim() ? WhiteSpace.strip(turn.content()) : turn.content())
                .ids());
        ids.addAll(around.suffix());
    }

    private static List<Turn> turnsOf(Prompt prompt) {
        return switch (prompt) {
            case Prompt.Conversation conversation when !conversation.turns().isEmpty() -> conversation.turns();
            case Prompt.Conversation empty ->
                throw FailureException.invalidArgument("messages: empty (expected: at least one turn)");
            case Prompt.None none ->
                throw FailureException.invalidArgument("messages: absent (expected: at least one turn)");
            // It may be rendered already: to take it for the turn of a user would be wrong without a word.
            case Prompt.Plain plain ->
                throw FailureException.invalidArgument(
                        "prompt: plain text (expected: messages, which this reward's model lays out itself)");
        };
    }

    /** The role is the caller's own text, of any length. */
    private static String shown(String role) {
        return role.length() <= LONGEST_ROLE_SHOWN ? role : role.substring(0, LONGEST_ROLE_SHOWN) + "...";
    }
}
