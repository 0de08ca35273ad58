package dev.winnow.ppo.cli;

import com.google.gson.JsonObject;
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
    private final InputStream input;
    private long line;

    /** Creates a reader; the input should be buffered and stays the caller's. */
    SampleLines(InputStream input) {
        this.input = input;
    }

    /** Returns the next lines, fewer or none at the end of the input. A line break at the very end begins no line. */
    List<SampleLine> next(int maximum) throws IOException {
        List<SampleLine> lines = new ArrayList<>();
        while (lines.size() < maximum) {
            byte @Nullable [] bytes = nextBytes();
            if (bytes == null) {
                break;
            }
            line++;
            lines.add(parse(bytes));
        }
        return lines;
    }

    private SampleLine parse(byte[] bytes) {
        String id = "";
        try {
            JsonObject json = StrictJson.object(decode(bytes));
            id = SampleJson.id(json);
            return new SampleLine.Good(SampleJson.sample(json));
        } catch (IllegalArgumentException e) {
            return SampleLine.Bad.of(id, "line %d: %s".formatted(line, e.getMessage()));
        }
    }

    private byte @Nullable [] nextBytes() throws IOException {
        int next = input.read();
        if (next < 0) {
            return null;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (; next >= 0 && next != '\n'; next = input.read()) {
            bytes.write(next);
        }
        return bytes.toByteArray();
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
