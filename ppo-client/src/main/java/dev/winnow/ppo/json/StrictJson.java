package dev.winnow.ppo.json;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

/** JSON as RFC 8259 has it. Protobuf's own parser lets comments, single quotes and trailing text pass. */
public final class StrictJson {
    private static final int LONGEST_QUOTE = 60;

    private StrictJson() {}

    /**
     * Reads one object.
     *
     * @throws IllegalArgumentException where the text is anything else
     */
    public static JsonObject object(String text) {
        JsonReader reader = new JsonReader(new StringReader(text));
        reader.setStrictness(Strictness.STRICT);
        try {
            JsonElement element = JsonParser.parseReader(reader);
            if (element.isJsonObject() && reader.peek() == JsonToken.END_DOCUMENT) {
                return element.getAsJsonObject();
            }
        } catch (JsonParseException | IOException e) {
            // Said below; Gson's own words are about how to make it lenient.
        }
        throw new IllegalArgumentException("%s (expected: one JSON object)".formatted(quote(text)));
    }

    /**
     * Refuses names that an object has twice, of which Gson keeps the last.
     *
     * @param text an object as {@link #object} takes it
     * @throws IllegalArgumentException naming the first
     */
    public static void requireEachNameOnce(String text) {
        JsonReader reader = new JsonReader(new StringReader(text));
        reader.setStrictness(Strictness.STRICT);
        Deque<Set<String>> names = new ArrayDeque<>();
        try {
            for (JsonToken next = reader.peek(); next != JsonToken.END_DOCUMENT; next = reader.peek()) {
                switch (next) {
                    case BEGIN_OBJECT -> {
                        reader.beginObject();
                        names.push(new HashSet<>());
                    }
                    case END_OBJECT -> {
                        reader.endObject();
                        names.pop();
                    }
                    case BEGIN_ARRAY -> reader.beginArray();
                    case END_ARRAY -> reader.endArray();
                    case NAME -> {
                        if (!names.element().add(reader.nextName())) {
                            String path = reader.getPath().substring("$.".length());
                            throw new IllegalArgumentException("%s: twice (expected: once)".formatted(quote(path)));
                        }
                    }
                    default -> reader.skipValue();
                }
            }
        } catch (IOException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /** Returns the beginning of a text, for a message. */
    public static String quote(String text) {
        String line = text.strip();
        if (line.isEmpty()) {
            return "nothing";
        }
        int end = Math.min(line.codePointCount(0, line.length()), LONGEST_QUOTE);
        int cut = line.offsetByCodePoints(0, end);
        return cut < line.length() ? line.substring(0, cut) + "..." : line;
    }
}
