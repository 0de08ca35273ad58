package dev.winnow.ppo.report.folder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * What a run has written so far; the run may be going on, or have been killed.
 *
 * @param samples none where the run writes none
 */
public record RecordedRun(
        Path path,
        RunConfiguration configuration,
        JsonLines<StepMetrics> metrics,
        JsonLines<SampleGeneration> samples) {
    /**
     * Reads a folder.
     *
     * @throws RunFileException where a file is missing or broken
     */
    public static RecordedRun read(Path path) throws IOException {
        Path samples = path.resolve("samples.jsonl");
        return new RecordedRun(
                path,
                RunConfiguration.read(existing(path.resolve("run.yaml"))),
                metrics(existing(path.resolve("metrics.jsonl"))),
                Files.exists(samples)
                        ? JsonLines.read(samples, SampleGeneration::read)
                        : new JsonLines<>(List.of(), false));
    }

    /** Returns the folder's own name. */
    public String name() {
        return String.valueOf(path.toAbsolutePath().normalize().getFileName());
    }

    public List<StepMetrics> steps() {
        return metrics.records();
    }

    /** Returns the values of a metric by step; empty where no step has it. */
    public NavigableMap<Long, Double> curve(String metric) {
        NavigableMap<Long, Double> curve = new TreeMap<>();
        for (StepMetrics step : steps()) {
            Double value = step.metrics().get(metric);
            if (value != null) {
                curve.put(step.step(), value);
            }
        }
        return curve;
    }

    private static JsonLines<StepMetrics> metrics(Path file) throws IOException {
        JsonLines<StepMetrics> metrics = JsonLines.read(file, StepMetrics::read);
        for (int line = 1; line < metrics.records().size(); line++) {
            long step = metrics.records().get(line).step();
            long before = metrics.records().get(line - 1).step();
            if (step <= before) {
                throw new RunFileException(
                        file, line + 1L, "step: %d (expected: above %d, the one before)".formatted(step, before));
            }
        }
        return metrics;
    }

    private static Path existing(Path file) throws RunFileException {
        if (!Files.isRegularFile(file)) {
            throw new RunFileException(file, "missing", "a file of a run's folder");
        }
        return file;
    }
}
