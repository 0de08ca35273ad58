package dev.winnow.service.model;

import dev.winnow.service.model.InputLayout.Affixes;
import dev.winnow.service.model.InputLayout.ContextPiece;
import dev.winnow.service.model.InputLayout.Literal;
import dev.winnow.service.model.InputLayout.MessagesPiece;
import dev.winnow.service.model.InputLayout.Piece;
import dev.winnow.service.model.InputLayout.PromptPiece;
import dev.winnow.service.model.InputLayout.ResponsePiece;
import dev.winnow.service.model.InputLayout.Side;
import dev.winnow.service.model.InputLayout.Special;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads one entry of a manifest's {@code inputs}. */
final class InputLayoutReader {
    private static final String KINDS = "one of special, literal, prompt, messages, context, response";

    private InputLayoutReader() {}

    static InputLayout read(String name, ManifestNode node) {
        node.mapping(Set.of("overflow", "empty_response", "pieces"));
        node.at("overflow").oneOf(Overflow.class, Set.of("window"));
        List<Piece> pieces = node.at("pieces").elements().stream()
                .map(InputLayoutReader::readPiece)
                .toList();
        long prompts = pieces.stream()
                .filter(piece -> piece instanceof PromptPiece || piece instanceof MessagesPiece)
                .count();
        if (prompts > 1) {
            throw node.at("pieces").error(prompts + " prompt or messages pieces", "at most 1");
        }
        long responses = pieces.stream().filter(ResponsePiece.class::isInstance).count();
        if (responses != 1) {
            throw node.at("pieces").error(responses + " response pieces", "exactly 1");
        }
        long contexts = pieces.stream().filter(ContextPiece.class::isInstance).count();
        if (contexts > 1) {
            throw node.at("pieces").error(contexts + " context pieces", "at most 1");
        }
        boolean refusesEmptyResponse = node.has("empty_response")
                && node.at("empty_response").oneOf(EmptyResponse.class, Set.of()) == EmptyResponse.REFUSE;
        return new InputLayout(name, pieces, refusesEmptyResponse);
    }

    private static Piece readPiece(ManifestNode node) {
        if (node.json().isTextual() && node.text().equals("response")) {
            return new ResponsePiece(0);
        }
        if (node.has("separator")) {
            throw new InvalidManifestException("%s: separator is reserved and not served by this release (expected: %s)"
                    .formatted(node.path(), KINDS));
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
        if (node.has("messages")) {
            return readMessages(node.mapping(Set.of("messages")).at("messages"));
        }
        if (node.has("context")) {
            return readContext(node.mapping(Set.of("context")).at("context"));
        }
        throw node.error(node.json(), KINDS);
    }

    private static MessagesPiece readMessages(ManifestNode node) {
        node.mapping(Set.of("begin", "default_system", "roles", "trim", "truncate", "budget", "token_type"));
        Map<String, Affixes> roles = new LinkedHashMap<>();
        node.at("roles").children().forEach((role, affixes) -> roles.put(role, readAffixes(affixes)));
        node.at("roles").at("user");
        return new MessagesPiece(
                node.has("begin") ? node.at("begin").anyText() : "",
                node.has("default_system") ? node.at("default_system").anyText() : "",
                roles,
                node.has("trim") && node.at("trim").flag(),
                node.at("truncate").oneOf(Side.class, Set.of()),
                node.at("budget").integer(1),
                tokenType(node));
    }

    private static Affixes readAffixes(ManifestNode node) {
        node.mapping(Set.of("prefix", "suffix"));
        return new Affixes(node.at("prefix").anyText(), node.at("suffix").anyText());
    }

    private static ContextPiece readContext(ManifestNode node) {
        node.mapping(Set.of("select", "budget", "token_type"));
        node.at("select").oneOf(Select.class, Set.of());
        return new ContextPiece(node.at("budget").integer(1), tokenType(node));
    }

    private static int tokenType(ManifestNode node) {
        return node.has("token_type") ? node.at("token_type").integer(0) : 0;
    }

    /** What is done at SEQUENCE density with a response without tokens. */
    private enum EmptyResponse {
        SCORE,
        REFUSE
    }

    /** How the part of the context that a row has room for is chosen. */
    private enum Select {
        NEAREST
    }

    /** What is done with a response that does not fit; windows are reserved. */
    private enum Overflow {
        REFUSE
    }
}
