package dev.winnow.ppo.cli;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import dev.winnow.ppo.json.StrictJson;
import dev.winnow.v1.Sample;
import java.math.BigDecimal;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Samples as proto3 JSON. Stricter than protobuf's parser, which takes a number for a string and sends half of a
 * surrogate pair as a question mark, so that another text than the caller's would be scored.
 */
final class SampleJson {
    private static final BigDecimal LARGEST_UINT32 = BigDecimal.valueOf(0xFFFF_FFFFL);

    private SampleJson() {}

    /**
     * Reads a sample.
     *
     * @throws IllegalArgumentException naming the field, its value and what is expected
     */
    static Sample sample(JsonObject json) {
        checkMessage(json, Sample.getDescriptor(), "");
        Sample.Builder sample = Sample.newBuilder();
        try {
            JsonFormat.parser().merge(json.toString(), sample);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
        if (json.get("response") == null || json.get("response").isJsonNull()) {
            throw new IllegalArgumentException("response: absent (expected: text, which may be empty)");
        }
        return sample.build();
    }

    /** Returns the id of a sample that may be wrong otherwise; empty where it has none. */
    static String id(JsonObject json) {
        JsonElement id = json.get("id");
        return id != null && isString(id) && loneSurrogate(id.getAsString()) < 0 ? id.getAsString() : "";
    }

    private static void checkMessage(JsonElement json, Descriptor type, String path) {
        require(json.isJsonObject(), path, json, "an object");
        for (Map.Entry<String, JsonElement> entry : json.getAsJsonObject().entrySet()) {
            FieldDescriptor field = type.getFields().stream()
                    .filter(known -> entry.getKey().equals(known.getName())
                            || entry.getKey().equals(known.getJsonName()))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("%sunknown field '%s' (expected: %s)"
                            .formatted(
                                    path.isEmpty() ? "" : path + ": ",
                                    StrictJson.quote(entry.getKey()),
                                    type.getFields().stream()
                                            .map(FieldDescriptor::getName)
                                            .collect(Collectors.joining(", ")))));
            checkField(entry.getValue(), field, path.isEmpty() ? field.getName() : path + "." + field.getName());
        }
    }

    private static void checkField(JsonElement json, FieldDescriptor field, String path) {
        if (json.isJsonNull()) {
            return; // proto3 JSON: the same as left out
        }
        if (!field.isRepeated()) {
            checkValue(json, field, path);
            return;
        }
        require(json.isJsonArray(), path, json, "a list");
        int index = 0;
        for (JsonElement element : json.getAsJsonArray()) {
            checkValue(element, field, "%s[%d]".formatted(path, index++));
        }
    }

    private static void checkValue(JsonElement json, FieldDescriptor field, String path) {
        switch (field.getType()) {
            case MESSAGE -> checkMessage(json, field.getMessageType(), path);
            case STRING -> checkString(json, path);
            case UINT32 -> require(isUint32(json), path, json, "an integer from 0 to " + LARGEST_UINT32);
            default -> throw new AssertionError("a sample has no field of type " + field.getType());
        }
    }

    private static void checkString(JsonElement json, String path) {
        require(isString(json), path, json, "a string");
        String text = json.getAsString();
        int lone = loneSurrogate(text);
        if (lone >= 0) {
            throw new IllegalArgumentException(
                    "%s: lone surrogate \\u%04x after %d code points (expected: Unicode text)"
                            .formatted(path, (int) text.charAt(lone), text.codePointCount(0, lone)));
        }
    }

    private static boolean isString(JsonElement json) {
        return json.isJsonPrimitive() && json.getAsJsonPrimitive().isString();
    }

    private static boolean isUint32(JsonElement json) {
        if (!json.isJsonPrimitive() || json.getAsJsonPrimitive().isBoolean()) {
            return false;
        }
        try {
            BigDecimal number = new BigDecimal(json.getAsString()); // proto3 JSON takes "5" and 5.0 for 5
            return number.signum() >= 0
                    && number.compareTo(LARGEST_UINT32) <= 0
                    && number.stripTrailingZeros().scale() <= 0;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    /** Returns where a text has half of a surrogate pair, in UTF-16 units; negative where nowhere. */
    private static int loneSurrogate(String text) {
        int codePoint;
        for (int i = 0; i < text.length(); i += Character.charCount(codePoint)) {
            codePoint = text.codePointAt(i);
            if (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE) {
                return i;
            }
        }
        return -1;
    }

    private static void require(boolean holds, String path, JsonElement json, String expected) {
        if (!holds) {
            throw new IllegalArgumentException(
                    "%s: %s (expected: %s)".formatted(path, StrictJson.quote(json.toString()), expected));
        }
    }
}
