package dev.winnow.ppo.report.folder;

import com.google.gson.JsonObject;
import dev.winnow.ppo.json.StrictJson;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The records of a file with one JSON object a line.
 *
 * @param cutShort whether the file ends in the middle of a line, as a kill leaves it; that line is no record
 */
public record JsonLines<T>(List<T> records, boolean cutShort) {
    public JsonLines {
        records = List.copyOf(records);
    }

    /** Makes a record of an object; an {@link IllegalArgumentException} says what is wrong with it. */
    interface Reader<T> {
        T read(LineFields fields);
    }

    /**
     * Reads a file.
     *
     * @throws RunFileException naming the first line that is broken, though it has its line break
     */
    static <T> JsonLines<T> read(Path file, Reader<T> reader) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        List<T> records = new ArrayList<>();
        int begin = 0;
        for (int end = 0; end < bytes.length; end++) {
            if (bytes[end] == '\n') {
                try {
                    records.add(reader.read(new LineFields(object(ByteBuffer.wrap(bytes, begin, end - begin)))));
                } catch (IllegalArgumentException e) {
                    throw new RunFileException(file, records.size() + 1L, String.valueOf(e.getMessage()));
                }
                begin = end + 1;
            }
        }
        return new JsonLines<>(records, begin < bytes.length);
    }

    private static JsonObject object(ByteBuffer line) {
        try {
            return StrictJson.object(
                    StandardCharsets.UTF_8.newDecoder().decode(line).toString());
        } catch (CharacterCodingException | IllegalArgumentException e) {
            // The parser's message quotes the line, which may be text of a sample.
            throw new IllegalArgumentException("no JSON (expected: one JSON object)", e);
        }
    }
}
