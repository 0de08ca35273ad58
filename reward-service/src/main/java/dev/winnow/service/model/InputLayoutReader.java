package dev.winnow.service.model;

import dev.winnow.service.model.InputLayout.Literal;
import dev.winnow.service.model.InputLayout.Piece;
import dev.winnow.service.model.InputLayout.PromptPiece;
import dev.winnow.service.model.InputLayout.ResponsePiece;
import dev.winnow.service.model.InputLayout.Side;
import dev.winnow.service.model.InputLayout.Special;
import java.util.List;
import java.util.Set;

/** Reads one entry of a manifest's {@code inputs}. */
final class InputLayoutReader {
    private static final String KINDS = "one of special, literal, prompt, response";

    private InputLayoutReader() {}

    static InputLayout read(String name, ManifestNode node) {
        node.mapping(Set.of("overflow", "empty_response", "pieces"));
        node.at("overflow").oneOf(Overflow.class, Set.of("window"));
        List<Piece> pieces = node.at("pieces").elements().stream()
                .map(InputLayoutReader::readPiece)
                .toList();
        long responses = pieces.stream().filter(ResponsePiece.class::isInstance).count();
        if (responses != 1) {
            throw node.at("pieces").error(responses + " response pieces", "exactly 1");
        }
        boolean refusesEmptyResponse = node.has("empty_response")
                && node.at("empty_response").oneOf(EmptyResponse.class, Set.of()) == EmptyResponse.REFUSE;
        return new InputLayout(name, pieces, refusesEmptyResponse);
    }

    private static Piece readPiece(ManifestNode node) {
        if (node.json().isTextual() && node.text().equals("response")) {
            return new ResponsePiece(0);
        }
        for (String reserved : List.of("messages", "context", "separator")) {
            if (node.has(reserved)) {
                throw new InvalidManifestException("%s: %s is reserved and not served by this release (expected: %s)"
                        .formatted(node.path(), reserved, KINDS));
            }
        }
        if (node.has("special")) {
            node.mapping(Set.of("special", "token_type"));
            return new Special(node.at("special").text(), tokenType(node));
        }
        if (node.has("literal")) {
            node.mapping(Set.of("literal", "token_type"));
            return new Literal(node.at("literal").literal(), tokenType(node));
        }
        if (node.has("response")) {
            return new ResponsePiece(
                    tokenType(node.mapping(Set.of("response")).at("response").mapping(Set.of("token_type"))));
        }
        if (node.has("prompt")) {
            ManifestNode prompt =
                    node.mapping(Set.of("prompt")).at("prompt").mapping(Set.of("truncate", "budget", "token_type"));
            return new PromptPiece(
                    prompt.at("truncate").oneOf(Side.class, Set.of()),
                    prompt.at("budget").integer(1),
                    tokenType(prompt));
        }
        throw node.error(node.json(), KINDS);
    }

    private static int tokenType(ManifestNode node) {
        return node.has("token_type") ? node.at("token_type").integer(0) : 0;
    }

    /** What is done at SEQUENCE density with a response without tokens. */
    private enum EmptyResponse {
        SCORE,
        REFUSE
    }

    /** What is done with a response that does not fit; windows are reserved. */
    private enum Overflow {
        REFUSE
    }
}
