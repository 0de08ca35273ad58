package dev.winnow.service.input;

import static java.util.Objects.requireNonNull;

import dev.winnow.service.domain.Failure;
import dev.winnow.service.domain.FailureException;
import dev.winnow.service.domain.Prompt;
import dev.winnow.service.domain.Sample;
import dev.winnow.service.model.InputLayout;
import dev.winnow.service.model.InputLayout.ContextPiece;
import dev.winnow.service.model.InputLayout.Literal;
import dev.winnow.service.model.InputLayout.MessagesPiece;
import dev.winnow.service.model.InputLayout.Piece;
import dev.winnow.service.model.InputLayout.PromptPiece;
import dev.winnow.service.model.InputLayout.ResponsePiece;
import dev.winnow.service.model.InputLayout.Special;
import dev.winnow.service.model.InvalidManifestException;
import dev.winnow.service.model.TokenRow;
import dev.winnow.service.text.TokenizedText;
import dev.winnow.service.text.Tokenizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Lays samples out by one {@link InputLayout}. Thread-safe. The fixed pieces are tokenised once, here; each part of a
 * sample is tokenised alone, so that the response's tokens do not depend on what stands before it.
 */
public final class InputBuilder {
    private final InputLayout layout;
    private final Tokenizer tokenizer;
    private final int maximumTokens;
    private final Map<Piece, List<Integer>> fixedIds = new HashMap<>();
    private final Map<Piece, MessagesTokenizer> conversations = new HashMap<>();

    public InputBuilder(InputLayout layout, Tokenizer tokenizer, int maximumTokens) {
        this.layout = layout;
        this.tokenizer = tokenizer;
        this.maximumTokens = maximumTokens;
        for (Piece piece : layout.pieces()) {
            if (piece instanceof Special special) {
                fixedIds.put(piece, List.of(idOf(special)));
            } else if (piece instanceof Literal literal) {
                fixedIds.put(piece, tokenizer.tokenizeFixed(literal.text()));
            } else if (piece instanceof MessagesPiece messages) {
                conversations.put(piece, new MessagesTokenizer(layout.name(), messages, tokenizer));
            }
        }
        requireRoomForResponse();
    }

    /**
     * Lays one sample out.
     *
     * @throws FailureException if the layout reads a prompt, a conversation or context that the sample lacks, or the
     *     response does not fit
     */
    public LaidOutInput build(Sample sample) {
        TokenizedText response = tokenizer.tokenize(sample.response().toString());
        Row row = new Row();
        for (Piece piece : layout.pieces()) {
            switch (piece) {
                case Special special -> row.add(fixedIds.getOrDefault(special, List.of()), special);
                case Literal literal -> row.add(fixedIds.getOrDefault(literal, List.of()), literal);
                case PromptPiece prompt -> row.add(promptTokens(sample, prompt), prompt);
                case MessagesPiece messages ->
                    row.add(requireNonNull(conversations.get(messages)).tokenize(sample.prompt()), messages);
                case ContextPiece context -> row.addContext(contextOf(sample, response, context), context);
                case ResponsePiece self -> row.addResponse(response, self);
            }
        }
        requireFit(response.size(), row.ids.size() - response.size());
        return new LaidOutInput(
                new TokenRow(row.ids, row.types), row.responseStart, List.copyOf(response.spans()), row.truncated);
    }

    private void requireFit(int responseTokens, int otherTokens) {
        if (otherTokens + responseTokens > maximumTokens) {
            throw new FailureException(new Failure.OutOfRange(
                    "response: %d tokens of the reward model's tokenizer (expected: at most %d beside the other parts of its input, %d in all)"
                            .formatted(responseTokens, maximumTokens - otherTokens, maximumTokens)));
        }
    }

    private void requireRoomForResponse() {
        int others = 0;
        for (Piece piece : layout.pieces()) {
            others += switch (piece) {
                case PromptPiece prompt -> prompt.budget();
                case MessagesPiece messages -> messages.budget();
                case ContextPiece context -> context.budget();
                case Special _, Literal _, ResponsePiece _ ->
                    fixedIds.getOrDefault(piece, List.of()).size();
            };
        }
        if (others >= maximumTokens) {
            throw new InvalidManifestException(
                    "inputs.%s: %d tokens beside the response (expected: fewer than maximum_tokens, %d)"
                            .formatted(layout.name(), others, maximumTokens));
        }
    }

    private int idOf(Special special) {
        return tokenizer
                .idOf(special.token())
                .orElseThrow(
                        () -> new InvalidManifestException("inputs.%s: special %s (expected: a token of tokenizer.json)"
                                .formatted(layout.name(), special.token())));
    }

    private CutTokens promptTokens(Sample sample, PromptPiece piece) {
        return CutTokens.of(tokenizer.tokenize(promptOf(sample)).ids(), piece.truncate(), piece.budget());
    }

    private ChosenContext contextOf(Sample sample, TokenizedText response, ContextPiece piece) {
        // The cost of the choice grows with the response, so one that cannot fit anyway is refused before.
        int fixedTokens = layout.pieces().stream()
                .mapToInt(fixed -> fixedIds.getOrDefault(fixed, List.of()).size())
                .sum();
        requireFit(response.size(), fixedTokens);
        return ChosenContext.of(sample, piece.budget(), tokenizer);
    }

    private static String promptOf(Sample sample) {
        return switch (sample.prompt()) {
            case Prompt.Plain plain when !plain.text().isBlank() -> plain.text();
            case Prompt.Plain blank ->
                throw FailureException.invalidArgument("prompt: blank (expected: text, which this reward reads)");
            case Prompt.None none ->
                throw FailureException.invalidArgument("prompt: absent (expected: text, which this reward reads)");
            case Prompt.Conversation conversation ->
                throw FailureException.invalidArgument(
                        "messages: %d turns (expected: a prompt; this reward's model has no conversation layout)",
                        conversation.turns().size());
        };
    }

    /** The row while it grows. */
    private static final class Row {
        private final List<Integer> ids = new ArrayList<>();
        private final List<Integer> types = new ArrayList<>();
        private int responseStart;
        private boolean truncated;

        void add(List<Integer> pieceIds, Piece piece) {
            ids.addAll(pieceIds);
            pieceIds.forEach(id -> types.add(piece.tokenType()));
        }

        void add(CutTokens cut, Piece piece) {
            truncated |= cut.truncated();
            add(cut.ids(), piece);
        }

        void addContext(ChosenContext context, ContextPiece piece) {
            truncated |= context.truncated();
            add(context.ids(), piece);
        }

        void addResponse(TokenizedText response, ResponsePiece piece) {
            responseStart = ids.size();
            add(response.ids(), piece);
        }
    }
}
