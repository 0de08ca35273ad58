package dev.winnow.loadtest.scenario.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MeasuredOverloadTest {
    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    private Path folder;

    @Test
    void readsLoadsByTheNamesOfTheColumns() throws IOException {
        Path file = Files.writeString(folder.resolve("overload.json"), """
                {"result": {"scenario": "overload", "tables": [
                  {"columns": ["load", "calls", "refused", "goodput / capacity"],
                   "rows": [[0.5, 10, 0, {"median": 0.5}], [4, 100, 60, {"median": 1.2}]]},
                  {"columns": ["load", "rewarded p99", "rewarded p50"], "rows": [[0.5, 30, 10], [4, 1200, 1000]]}]}}
                """);

        assertThat(MeasuredOverload.read(file))
                .containsExactly(
                        new MeasuredOverload(0.5, 0.5, 0, 10, 30), new MeasuredOverload(4, 1.2, 0.6, 1000, 1200));
    }

    @Test
    void refusesAnotherScenario() throws IOException {
        Path file = Files.writeString(folder.resolve("ceiling.json"), """
                {"result": {"scenario": "ceiling"}}""");

        assertThatIOException()
                .isThrownBy(() -> MeasuredOverload.read(file))
                .withMessage("scenario of %s: 'ceiling' (expected: overload)", file);
    }

    @Test
    void refusesAResultWithoutItsColumns() throws IOException {
        Path file = Files.writeString(folder.resolve("overload.json"), """
                {"result": {"scenario": "overload", "tables": [{"columns": ["calls"], "rows": [[1]]}]}}""");

        assertThatIOException()
                .isThrownBy(() -> MeasuredOverload.read(file))
                .withMessage("columns: [\"calls\"] (expected: load among them)");
    }
}
