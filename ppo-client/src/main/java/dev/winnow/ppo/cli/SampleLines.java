package dev.winnow.ppo.cli;

import com.google.gson.JsonObject;
import dev.winnow.ppo.json.StrictJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The lines of an input, one after the other. Not thread-safe. */
final class SampleLines {
    /** More than any server takes, however much of a sample is JSON escapes; a line is held in memory as a whole. */
    private static final int LONGEST_LINE = 64 << 20;

    private final InputStream input;
    private final int longestLine;
    private long line;

    /** Creates a reader; the input should be buffered and stays the caller's. */
    SampleLines(InputStream input) {
        this(input, LONGEST_LINE);
    }

    /** Creates a reader that refuses lines of more bytes than this. */
    SampleLines(InputStream input, int longestLine) {
        this.input = input;
        this.longestLine = longestLine;
    }

    /** Returns the next lines, fewer or none at the end of the input. A line break at the very end begins no line. */
    List<SampleLine> next(int maximum) throws IOException {
        List<SampleLine> lines = new ArrayList<>();
        while (lines.size() < maximum) {
            SampleLine next = next();
            if (next == null) {
                break;
            }
            lines.add(next);
        }
        return lines;
    }

    private SampleLine parse(byte[] bytes) {
        String id = "";
        try {
            String text = decode(bytes);
            JsonObject json = StrictJson.object(text);
            id = SampleJson.id(json);
            StrictJson.requireEachNameOnce(text);
            return new SampleLine.Good(SampleJson.sample(json));
        } catch (IllegalArgumentException e) {
            return SampleLine.Bad.of(id, "line %d: %s".formatted(line, e.getMessage()));
        }
    }

    private @Nullable SampleLine next() throws IOException {
        int next = input.read();
        if (next < 0) {
            return null;
        }
        line++;
        long length = 0;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (; next >= 0 && next != '\n'; next = input.read()) {
            if (++length <= longestLine) {
                bytes.write(next);
            }
        }
        return length <= longestLine
                ? parse(bytes.toByteArray())
                : SampleLine.Bad.of(
                        "", "line %d: %d bytes (expected: at most %d)".formatted(line, length, longestLine));
    }

    /** Decodes strictly: String's own decoder would put U+FFFD in place of what is no UTF-8. */
    private static String decode(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("bytes that are no characters (expected: UTF-8)", e);
        }
    }
}
