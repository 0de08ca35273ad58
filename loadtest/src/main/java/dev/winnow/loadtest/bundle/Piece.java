package dev.winnow.loadtest.bundle;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/**
 * A piece of a bundle's input.
 *
 * @param kind {@code response}, {@code special}, {@code prompt}, {@code context}, ...
 * @param value the token of a special piece; empty for others
 * @param tokenType the token type of its tokens
 * @param budget most tokens of a prompt or context
 */
public record Piece(String kind, String value, int tokenType, int budget) {
    /** Reads a piece: {@code response} or {@code {KIND: VALUE, token_type: 1}}. */
    static Piece of(JsonNode piece) {
        if (piece.isTextual()) {
            return new Piece(piece.asText(), "", 0, 0);
        }
        Map.Entry<String, JsonNode> first = piece.properties().iterator().next();
        JsonNode value = first.getValue();
        boolean isSpecial = first.getKey().equals("special");
        return new Piece(
                first.getKey(),
                isSpecial ? value.asText() : "",
                Math.max(
                        piece.path("token_type").asInt(),
                        value.path("token_type").asInt()),
                value.path("budget").asInt());
    }

    /** Returns the most tokens that it takes of a row; 0 for the response, which takes what is left. */
    int mostTokens() {
        return kind.equals("special") ? 1 : budget;
    }
}
