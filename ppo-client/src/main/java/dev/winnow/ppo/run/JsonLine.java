package dev.winnow.ppo.run;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.winnow.ppo.json.StrictJson;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A line of a file that people write.
 *
 * @param number from 1
 */
record JsonLine(Path file, int number, String content) {
    /** Reads the lines of a file that are not blank. */
    static List<JsonLine> read(Path file) throws IOException, RunException {
        List<String> lines;
        try {
            lines = Files.readAllLines(file);
        } catch (NoSuchFileException e) {
            throw new RunException(file + ": missing (expected: a file)", e);
        } catch (CharacterCodingException e) {
            throw new RunException(file + ": no UTF-8 (expected: JSON lines)", e);
        }
        List<JsonLine> read = new ArrayList<>();
        for (int index = 0; index < lines.size(); index++) {
            if (!lines.get(index).isBlank()) {
                read.add(new JsonLine(file, index + 1, lines.get(index)));
            }
        }
        return read;
    }

    /** Returns its object, which may have no other names than these. */
    JsonObject object(String... names) throws RunException {
        try {
            JsonObject object = StrictJson.object(content);
            StrictJson.requireEachNameOnce(content);
            for (String name : object.keySet()) {
                if (!Set.of(names).contains(name)) {
                    throw refusal("'" + name + "'", String.join(", ", names));
                }
            }
            return object;
        } catch (IllegalArgumentException e) {
            throw new RunException("%s: line %d: %s".formatted(file, number, e.getMessage()), e);
        }
    }

    /** Returns a text that the object must have. */
    String text(JsonObject object, String name) throws RunException {
        JsonElement value = object.get(name);
        if (value == null) {
            throw refusal(name + ": missing", "text");
        }
        return text(value, name);
    }

    /** Returns texts that the object may have. */
    List<String> texts(JsonObject object, String name) throws RunException {
        JsonElement value = object.get(name);
        if (value == null) {
            return List.of();
        }
        if (!value.isJsonArray()) {
            throw refusal(name + ": " + StrictJson.quote(value.toString()), "a list of texts");
        }
        List<String> texts = new ArrayList<>();
        for (JsonElement element : value.getAsJsonArray()) {
            texts.add(text(element, name));
        }
        return texts;
    }

    RunException refusal(String found, String expected) {
        return new RunException("%s: line %d: %s (expected: %s)".formatted(file, number, found, expected));
    }

    private String text(JsonElement value, String name) throws RunException {
        if (!value.isJsonPrimitive() || !value.getAsJsonPrimitive().isString()) {
            throw refusal(name + ": " + StrictJson.quote(value.toString()), "text");
        }
        String text = value.getAsString();
        if (text.codePoints().anyMatch(point -> Character.getType(point) == Character.SURROGATE)) {
            throw refusal(name + ": half of a surrogate pair", "Unicode text");
        }
        return text;
    }
}
