package dev.winnow.service.model;

import java.util.List;

/**
 * How a sample becomes the tokens of one row.
 *
 * @param pieces in order, the response exactly once among them
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

    /** The response, never cut. */
    public record ResponsePiece(int tokenType) implements Piece {}

    /** The side of a piece that gives way. */
    public enum Side {
        LEFT,
        RIGHT
    }
}
