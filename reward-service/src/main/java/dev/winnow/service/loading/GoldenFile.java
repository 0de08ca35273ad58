package dev.winnow.service.loading;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.winnow.service.domain.Density;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Samples with the values that the training code computed for them; one JSON object a line. */
record GoldenFile(List<Line> lines) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** One sample and its rewards. */
    record Line(
            @JsonProperty(required = true) GoldenSample sample,
            @JsonProperty(required = true) List<GoldenVector> rewards) {}

    /** The sample, by the field names of the wire contract. */
    record GoldenSample(
            @JsonProperty(required = true) String id,
            @Nullable String prompt,
            @Nullable List<GoldenTurn> messages,
            @Nullable List<String> context,
            @JsonProperty(required = true) String response,
            @JsonProperty("segment_ends") @Nullable List<Integer> segmentEnds) {}

    /** One turn of the conversation before the response. */
    record GoldenTurn(
            @JsonProperty(required = true) String role,
            @JsonProperty(required = true) String content) {}

    /** The values of one reward; starts and ends in code points. */
    record GoldenVector(
            @JsonProperty(required = true) String reward,
            @JsonProperty(required = true) Density density,
            @JsonProperty(required = true) List<Integer> starts,
            @JsonProperty(required = true) List<Integer> ends,
            @JsonProperty(required = true) List<Double> values,

            @JsonProperty(value = "raw_values", required = true)
            List<Double> rawValues) {}

    static GoldenFile read(Path file) throws IOException {
        List<Line> lines = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            try {
                lines.add(JSON.readValue(line, Line.class));
            } catch (JsonProcessingException e) {
                throw new BundleRefusedException(
                        "golden.jsonl: line %d: %s".formatted(lines.size() + 1, e.getOriginalMessage()), e);
            }
        }
        if (lines.isEmpty()) {
            throw new BundleRefusedException("golden.jsonl: empty (expected: at least one sample)");
        }
        return new GoldenFile(lines);
    }
}
