package dev.winnow.ppo.report.folder;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.SequencedMap;

/**
 * A line of {@code metrics.jsonl}.
 *
 * @param step from 0; -1 for the evaluation before training
 * @param time when the step was done
 * @param metrics by name; one that could not be computed is absent
 */
public record StepMetrics(long step, Instant time, SequencedMap<String, Double> metrics) {
    static StepMetrics read(LineFields fields) {
        return new StepMetrics(fields.whole("step"), instant(fields.text("time")), fields.namedNumbers("metrics"));
    }

    private static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("time: '%s' (expected: as 2026-01-01T00:00:00Z)".formatted(text), e);
        }
    }
}
