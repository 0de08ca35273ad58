package dev.winnow.service.text.hf;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Makes of a {@code tokenizer.json} the one for callers' text: each special token has another name there, in the added
 * tokens, the vocabulary and the merges. The names are drawn anew each time, so that nobody can spell one.
 *
 * <p>Removing the tokens would not do ({@code docs/adr/0015-callers-text.md}): the library would number the added tokens
 * behind them anew, and a model finds the pieces of its vocabulary in any text that is not cut before.
 */
final class CallersText {
    private CallersText() {}

    static JsonNode of(JsonNode tokenizerJson) {
        ObjectNode root = tokenizerJson.deepCopy();
        Map<String, String> names = namesOfSpecialTokens(root);
        for (JsonNode token : root.path("added_tokens")) {
            rename((ObjectNode) token, "content", names);
        }
        if (root.path("model") instanceof ObjectNode model) {
            renameVocabulary(model, names);
            rename(model, "unk_token", names);
            if (model.path("merges") instanceof ArrayNode merges) {
                dropMerges(merges, names.keySet());
            }
        }
        return root;
    }

    private static Map<String, String> namesOfSpecialTokens(JsonNode root) {
        String unguessable = UUID.randomUUID().toString();
        Map<String, String> names = new HashMap<>();
        for (JsonNode token : root.path("added_tokens")) {
            if (token.path("special").asBoolean()) {
                names.putIfAbsent(token.path("content").asText(), unguessable + "-" + names.size());
            }
        }
        return names;
    }

    private static void rename(ObjectNode node, String key, Map<String, String> names) {
        String name = names.get(node.path(key).asText());
        if (name != null) {
            node.put(key, name);
        }
    }

    /** An object of ids by piece, or for Unigram a list of pairs of piece and score, whose place is the id. */
    private static void renameVocabulary(ObjectNode model, Map<String, String> names) {
        JsonNode vocabulary = model.path("vocab");
        for (JsonNode piece : vocabulary.isArray() ? vocabulary : Collections.<JsonNode>emptyList()) {
            String name = names.get(piece.path(0).asText());
            if (name != null) {
                ((ArrayNode) piece).set(0, TextNode.valueOf(name));
            }
        }
        if (vocabulary instanceof ObjectNode ids) {
            names.forEach((token, name) -> {
                JsonNode id = ids.remove(token);
                if (id != null) {
                    ids.set(name, id);
                }
            });
        }
    }

    /** The library refuses merges of pieces that the vocabulary does not have. */
    private static void dropMerges(ArrayNode merges, Set<String> special) {
        for (int index = merges.size() - 1; index >= 0; index--) {
            JsonNode merge = merges.get(index);
            String[] parts = merge.isTextual()
                    ? merge.asText().split(" ", 2)
                    : new String[] {merge.path(0).asText(), merge.path(1).asText()};
            if (special.contains(parts[0]) || special.contains(parts[1]) || special.contains(parts[0] + parts[1])) {
                merges.remove(index);
            }
        }
    }
}
