package dev.winnow.service.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** A place in a manifest. Every complaint names the place, what stands there and what should. */
record ManifestNode(String path, JsonNode json) {
    /** The node itself, if it is a mapping with no other keys than these. */
    ManifestNode mapping(Set<String> keys) {
        Set<String> unknown = new TreeSet<>(children().keySet());
        unknown.removeAll(keys);
        if (!unknown.isEmpty()) {
            throw error(unknown, "only the keys " + new TreeSet<>(keys));
        }
        return this;
    }

    ManifestNode at(String key) {
        JsonNode child = json.get(key);
        if (child == null || child.isNull()) {
            throw new InvalidManifestException("%s: missing".formatted(child(key)));
        }
        return new ManifestNode(child(key), child);
    }

    boolean has(String key) {
        return json.hasNonNull(key);
    }

    /** By key, in the file's order. */
    Map<String, ManifestNode> children() {
        if (!json.isObject()) {
            throw error(json, "a mapping");
        }
        Map<String, ManifestNode> children = new LinkedHashMap<>();
        json.properties()
                .forEach(entry ->
                        children.put(entry.getKey(), new ManifestNode(child(entry.getKey()), entry.getValue())));
        return children;
    }

    List<ManifestNode> elements() {
        if (!json.isArray()) {
            throw error(json, "a list");
        }
        List<ManifestNode> elements = new ArrayList<>();
        json.forEach(element -> elements.add(new ManifestNode(path + "[" + elements.size() + "]", element)));
        return elements;
    }

    String text() {
        if (!json.isTextual() || json.asText().isBlank()) {
            throw error(json, "a text that is not blank");
        }
        return json.asText();
    }

    /** Text that may be of white space only, such as a line break between two pieces. */
    String literal() {
        if (!json.isTextual() || json.asText().isEmpty()) {
            throw error(json, "a text that is not empty");
        }
        return json.asText();
    }

    /** Text that may be empty. */
    String anyText() {
        if (!json.isTextual()) {
            throw error(json, "a text");
        }
        return json.asText();
    }

    boolean flag() {
        if (!json.isBoolean()) {
            throw error(json, "true or false");
        }
        return json.asBoolean();
    }

    int integer(int minimum) {
        if (!json.canConvertToInt() || !json.isIntegralNumber() || json.asInt() < minimum) {
            throw error(json, "an integer >= " + minimum);
        }
        return json.asInt();
    }

    /** A finite number. */
    double number() {
        if (!json.isNumber() || !Double.isFinite(json.asDouble())) {
            throw error(json, "a finite number");
        }
        return json.asDouble();
    }

    /** A number that may be infinite, {@code .inf} or {@code -.inf}. */
    double bound() {
        if (!json.isNumber() || Double.isNaN(json.asDouble())) {
            throw error(json, "a number, .inf or -.inf");
        }
        return json.asDouble();
    }

    <E extends Enum<E>> E oneOf(Class<E> type, Set<String> reserved) {
        String text = text();
        String names = Arrays.stream(type.getEnumConstants())
                .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
        if (reserved.contains(text)) {
            throw new InvalidManifestException("%s: %s is reserved and not served by this release (expected: one of %s)"
                    .formatted(path, text, names));
        }
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> constant.name().equalsIgnoreCase(text))
                .findAny()
                .orElseThrow(() -> error(text, "one of " + names));
    }

    InvalidManifestException error(Object found, String expected) {
        return new InvalidManifestException("%s: %s (expected: %s)".formatted(path, found, expected));
    }

    private String child(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }
}
