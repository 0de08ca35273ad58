package dev.winnow.loadtest.scenario.scale;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What the scenario {@code overload} measured at one load, as its JSON file has it.
 *
 * @param load as a multiple of the capacity
 * @param goodput as a multiple of the capacity
 * @param refused share of all calls
 * @param p50 of rewarded calls, in milliseconds
 * @param p99 of rewarded calls, in milliseconds
 */
record MeasuredOverload(double load, double goodput, double refused, double p50, double p99) {
    /**
     * Reads all loads of a result.
     *
     * @throws IOException where the file cannot be read or is none of that scenario
     */
    static List<MeasuredOverload> read(Path file) throws IOException {
        JsonNode result = new ObjectMapper().readTree(file.toFile()).path("result");
        if (!result.path("scenario").asText().equals("overload")) {
            throw new IOException("scenario of %s: '%s' (expected: overload)"
                    .formatted(file, result.path("scenario").asText()));
        }
        JsonNode calls = result.path("tables").path(0);
        JsonNode latencies = result.path("tables").path(1);
        List<MeasuredOverload> loads = new ArrayList<>();
        for (int row = 0; row < calls.path("rows").size(); row++) {
            loads.add(new MeasuredOverload(
                    cell(calls, row, "load").asDouble(),
                    cell(calls, row, "goodput / capacity").path("median").asDouble(),
                    cell(calls, row, "refused").asDouble()
                            / cell(calls, row, "calls").asDouble(),
                    cell(latencies, row, "rewarded p50").asDouble(),
                    cell(latencies, row, "rewarded p99").asDouble()));
        }
        return loads;
    }

    private static JsonNode cell(JsonNode table, int row, String column) throws IOException {
        for (int index = 0; index < table.path("columns").size(); index++) {
            if (table.path("columns").path(index).asText().equals(column)) {
                return table.path("rows").path(row).path(index);
            }
        }
        throw new IOException("columns: %s (expected: %s among them)".formatted(table.path("columns"), column));
    }
}
