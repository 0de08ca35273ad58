package dev.winnow.ppo.cli;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.StringReader;

/** JSON as RFC 8259 has it. Protobuf's own parser lets comments, single quotes and trailing text pass. */
final class StrictJson {
    private static final int LONGEST_QUOTE = 60;

    private StrictJson() {}

    /**
     * Reads one object.
     *
     * @throws IllegalArgumentException where the text is anything else
     */
    static JsonObject object(String text) {
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

    /** Returns the beginning of a text, for a message. */
    static String quote(String text) {
        String line = text.strip();
        if (line.isEmpty()) {
            return "nothing";
        }
        int end = Math.min(line.codePointCount(0, line.length()), LONGEST_QUOTE);
        int cut = line.offsetByCodePoints(0, end);
        return cut < line.length() ? line.substring(0, cut) + "..." : line;
    }
}
