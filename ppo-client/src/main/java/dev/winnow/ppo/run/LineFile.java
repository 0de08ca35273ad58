package dev.winnow.ppo.run;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * A file of one JSON object a line, with a {@code step} each, to which whole lines are added. What was added is on the
 * disk when the call returns. Not thread-safe.
 */
final class LineFile implements Closeable {
    private static final Gson JSON = new GsonBuilder().disableHtmlEscaping().create();

    private final FileChannel channel;

    /** Opens a file, which need not exist. */
    LineFile(Path file) throws IOException {
        channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
    }

    void append(List<JsonObject> lines) throws IOException {
        StringBuilder text = new StringBuilder();
        lines.forEach(line -> text.append(JSON.toJson(line)).append('\n'));
        ByteBuffer bytes = ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
        channel.force(false);
    }

    /** Takes off what lies behind a step: later lines, and one that was not written to its end. */
    static void cutBehind(Path file, int lastStep) throws IOException {
        if (!Files.exists(file)) {
            return;
        }
        byte[] bytes = Files.readAllBytes(file);
        int kept = 0;
        for (int end = 0; end < bytes.length; end++) {
            if (bytes[end] == '\n') {
                if (step(new String(bytes, kept, end - kept, StandardCharsets.UTF_8)) > lastStep) {
                    break;
                }
                kept = end + 1;
            }
        }
        if (kept < bytes.length) {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.truncate(kept).force(true);
            }
        }
    }

    private static int step(String line) throws IOException {
        try {
            return JsonParser.parseString(line).getAsJsonObject().get("step").getAsInt();
        } catch (JsonParseException | IllegalStateException | NullPointerException e) {
            throw new IOException(
                    "line of a run's file: %s (expected: an object with a step)".formatted(line.strip()), e);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
