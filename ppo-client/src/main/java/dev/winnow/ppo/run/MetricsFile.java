package dev.winnow.ppo.run;

import com.google.gson.JsonObject;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

/** {@code metrics.jsonl}: one line a step. */
final class MetricsFile implements Closeable {
    private final LineFile lines;
    private final InstantSource clock;

    MetricsFile(Path file, InstantSource clock) throws IOException {
        this.lines = new LineFile(file);
        this.clock = clock;
    }

    /**
     * Adds the line of a step.
     *
     * @param step from 0; -1 for what was measured before the first
     */
    void append(int step, Map<String, Double> metrics) throws IOException {
        JsonObject numbers = new JsonObject();
        metrics.forEach(numbers::addProperty);
        JsonObject line = new JsonObject();
        line.addProperty("step", step);
        line.addProperty("time", clock.instant().truncatedTo(ChronoUnit.MILLIS).toString());
        line.add("metrics", numbers);
        lines.append(List.of(line));
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
