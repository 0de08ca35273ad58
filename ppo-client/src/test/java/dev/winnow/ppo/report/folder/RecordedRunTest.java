package dev.winnow.ppo.report.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.winnow.ppo.report.TestingRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordedRunTest {
    private static final String GOOD = TestingRun.line(3, Map.of("entropy", 2.5));

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    private Path folder;

    @BeforeEach
    void writeRun() throws IOException {
        Files.writeString(folder.resolve("run.yaml"), "seed: 1\nppo:\n  kl:\n    coefficient: 0.3\n");
        Files.write(folder.resolve("metrics.jsonl"), List.of(TestingRun.line(-1, Map.of("entropy", 3.0)), GOOD));
    }

    @Test
    void readsSettingsMetricsAndSamples() throws IOException {
        Files.writeString(
                folder.resolve("samples.jsonl"), TestingRun.sample(3, "p", List.of("a😀", "", "b"), -1, 0, 0.5) + "\n");

        RecordedRun run = RecordedRun.read(folder);

        assertThat(run.configuration().values())
                .containsExactly(Map.entry("seed", "1"), Map.entry("ppo.kl.coefficient", "0.3"));
        assertThat(run.curve("entropy")).containsExactly(Map.entry(-1L, 3.0), Map.entry(3L, 2.5));
        assertThat(run.curve("nonsense")).isEmpty();
        assertThat(run.steps().getFirst().time()).isEqualTo(Instant.parse("2026-01-01T08:00:00Z"));
        assertThat(run.metrics().cutShort()).isFalse();
        SampleGeneration sample = run.samples().records().getFirst();
        assertThat(sample.tokenEnds()).containsExactly(2, 2, 3);
        assertThat(sample.rewards().get("toxicity")).containsExactly(-1.0, 0.0, 0.5);
    }

    @Test
    void tellsALineThatAKillCutShort() throws IOException {
        Files.writeString(
                folder.resolve("metrics.jsonl"), GOOD.replace("3", "4").substring(0, 20), StandardOpenOption.APPEND);

        RecordedRun run = RecordedRun.read(folder);

        assertThat(run.metrics().cutShort()).isTrue();
        assertThat(run.steps()).hasSize(2);
        assertThat(run.samples().records()).isEmpty();
        assertThat(run.samples().cutShort()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        {"step": 4                                                           | no JSON
        {"step": 4} x                                                        | no JSON
        {"time": "2026-01-01T00:00:00Z", "metrics": {}}                      | step: missing
        {"step": "4", "time": "2026-01-01T00:00:00Z", "metrics": {}}         | step: something else
        {"step": 4.5, "time": "2026-01-01T00:00:00Z", "metrics": {}}         | step: something else
        {"step": 4, "time": "yesterday", "metrics": {}}                      | time: 'yesterday'
        {"step": 4, "time": "2026-01-01T00:00:00Z", "metrics": {"a": "1"}}   | metrics: something else
        {"step": 4, "time": "2026-01-01T00:00:00Z", "metrics": {"a": 1e999}} | metrics: something else
        {"step": 4, "time": "2026-01-01T00:00:00Z", "metrics": [1]}          | metrics: something else
        {"step": 3, "time": "2026-01-01T00:00:00Z", "metrics": {}}           | step: 3 (expected: above 3
        """)
    void namesTheLineThatIsBroken(String line, String problem) throws IOException {
        Files.writeString(folder.resolve("metrics.jsonl"), line + "\n", StandardOpenOption.APPEND);

        assertThatThrownBy(() -> RecordedRun.read(folder))
                .isInstanceOf(RunFileException.class)
                .hasMessageContaining(folder.resolve("metrics.jsonl") + ": line 3: " + problem)
                .hasMessageContaining("expected: ");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        [2, 1, 3] | token_ends[1]: 1 (expected: at least 2
        [1, 2, 4] | token_ends: last 4 (expected: 3,
        [1, 3]    | combined: 3 values (expected: 2,
        """)
    void refusesSamplesThatDoNotFitWithoutTheirText(String ends, String problem) throws IOException {
        String line = TestingRun.sample(3, "prompt", List.of("a", "b", "c"), 0, 0, 0);
        Files.writeString(folder.resolve("samples.jsonl"), line.replace("[1,2,3]", ends) + "\n");

        assertThatThrownBy(() -> RecordedRun.read(folder))
                .hasMessageContaining("samples.jsonl: line 1: " + problem)
                .hasMessageNotContaining("prompt");
    }

    @Test
    void namesWhatIsMissing() throws IOException {
        Files.delete(folder.resolve("metrics.jsonl"));

        assertThatThrownBy(() -> RecordedRun.read(folder)).hasMessageContaining("metrics.jsonl: missing");
        assertThatThrownBy(() -> RecordedRun.read(folder.resolve("nowhere"))).hasMessageContaining("run.yaml: missing");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        'a: 1\nb: [' | line 2
        'a: 1\na: 2' | duplicate key
        '- a'        | no keys
        """)
    void refusesSettingsThatAreNone(String yaml, String problem) throws IOException {
        Files.writeString(folder.resolve("run.yaml"), yaml.translateEscapes());

        assertThatThrownBy(() -> RecordedRun.read(folder))
                .isInstanceOf(RunFileException.class)
                .hasMessageContaining("run.yaml: ")
                .hasMessageContaining(problem);
    }
}
