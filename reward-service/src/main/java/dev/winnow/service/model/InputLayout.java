package dev.winnow.service.model;

import java.util.List;
import java.util.Map;

/**
 * How a sample becomes the tokens of one row.
 *
 * @param pieces in order, the response exactly once among them, the context at most once
 * @param refusesEmptyResponse whether a response without tokens has no whole-response reward, since the model never
 *     learnt what to make of one
 */
public record InputLayout(String name, List<Piece> pieces, boolean refusesEmptyResponse) {
    /** A part of the row. */
    public sealed interface Piece {
        int tokenType();
    }

    /** A special token, by its name in the vocabulary. */
    public record Special(String token, int tokenType) implements Piece {}

    /** A fixed text. */
    public record Literal(String text, int tokenType) implements Piece {}

    /** The prompt; past its budget of tokens it is cut on the given side. */
    public record PromptPiece(Side truncate, int budget, int tokenType) implements Piece {}

    /**
     * The conversation before the response; past its budget of tokens its turns are cut on the given side.
     *
     * @param begin text before the first turn, maybe empty
     * @param defaultSystem text before the first turn of a conversation that does not begin with a {@code system} turn,
     *     maybe empty
     * @param roles texts around a turn by its role
     * @param trim whether contents lose the white space at both ends
     */
    public record MessagesPiece(
            String begin,
            String defaultSystem,
            Map<String, Affixes> roles,
            boolean trim,
            Side truncate,
            int budget,
            int tokenType)
            implements Piece {}

    /** The fixed texts before and after the content of a turn, maybe empty. */
    public record Affixes(String prefix, String suffix) {}
    /** The sentences of the context that are nearest to the response, as many as its budget of tokens has room for. */
    public record ContextPiece(int budget, int tokenType) implements Piece {}

    /** The response, never cut. */
    public record ResponsePiece(int tokenType) implements Piece {}

    /** The side of a piece that gives way. */
    public enum Side {
        LEFT,
        RIGHT
    }
}
