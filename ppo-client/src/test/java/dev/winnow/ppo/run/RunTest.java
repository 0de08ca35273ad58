package dev.winnow.ppo.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonParser;
import dev.winnow.ppo.config.ConfigurationException;
import dev.winnow.ppo.policy.Policy;
import dev.winnow.ppo.reward.MissingRewardException;
import dev.winnow.ppo.tensor.ComputeDevice;
import dev.winnow.ppo.tensor.ComputeThreads;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RunTest {
    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    private Path folder;

    @SuppressWarnings("NullAway.Init") // set before each test
    private TestingTask task;

    private final TestingTask.Silence progress = new TestingTask.Silence();

    @BeforeEach
    void open() throws IOException {
        task = new TestingTask(folder);
    }

    @AfterEach
    void close() {
        task.close();
        ComputeThreads.use(Runtime.getRuntime().availableProcessors());
    }

    @Test
    void leavesMetricsSamplesAPolicyAndAReport() throws Exception {
        Path run = folder.resolve("run");
        Stopping watching = new Stopping(Integer.MAX_VALUE);

        assertThat(run(run, false, watching)).isEqualTo(Run.Outcome.DONE);

        assertThat(watching.told).containsExactly("report: " + run.resolve("report.html"));
        assertThat(run.resolve("report.html")).exists();

        assertThat(run).isDirectoryContaining("glob:**/run.yaml");
        assertThat(steps(run.resolve("metrics.jsonl"))).containsExactly(-1, 0, 1, 2, 3, 4, 5);
        assertThat(steps(run.resolve("samples.jsonl"))).containsExactly(-1, -1, -1, 1, 1, 1, 3, 3, 3, 5, 5, 5);
        List<String> metrics = Files.readAllLines(run.resolve("metrics.jsonl"));
        assertThat(metrics.get(0)).contains("\"time\":\"1970-01-01T00:00:00Z\"", "\"evaluation/reward/even\":");
        assertThat(metrics.get(1)).contains("\"reward/even\":", "\"service/retries\":0.0", "\"seconds/step\":");
        assertThat(Files.readAllLines(run.resolve("samples.jsonl")).getFirst())
                .contains("\"prompt\":\"x\"", "\"token_ends\":[", "\"rewards\":{\"even\":[", "\"combined\":[");
        assertThat(run.resolve("checkpoints"))
                .isDirectoryContaining("glob:**/step-00000005")
                .isDirectoryContaining("glob:**/step-00000006");
        Policy.read(run.resolve("policy"), ComputeDevice.CPU).close();
    }

    @Test
    void stepThatNothingCanBeLearntFromEndsTheRun() {
        assertThatThrownBy(() -> start(folder.resolve("run"), "rollout.truncated=mask", "rollout.maximum_new_tokens=1"))
                .isInstanceOf(RunException.class)
                .hasMessageStartingWith("responses that end within 1 tokens: 0 of 8");
    }

    @Test
    void runIsDoneWhereItsReportCannotBeWritten() throws Exception {
        Path run = folder.resolve("run");
        Stopping stopping = new Stopping(1);
        start(run);
        Files.delete(run.resolve("report.html"));
        Files.createDirectories(run.resolve("report.html/in-the-way"));

        assertThat(run(run, true, stopping)).isEqualTo(Run.Outcome.DONE);

        assertThat(stopping.told)
                .singleElement()
                .asString()
                .startsWith("no report: ")
                .contains("report.html");
        Policy.read(run.resolve("policy"), ComputeDevice.CPU).close();
    }

    @ParameterizedTest
    @CsvSource({"network, 1", "network, 3", "head, 2"})
    void resumedRunHasTheNumbersOfOneThatDidNotStop(String valueModel, int interval) throws Exception {
        String[] settings = {"value_model=" + valueModel, "checkpoint.interval=" + interval};
        start(folder.resolve("whole"), settings);

        Path run = folder.resolve("stopped");
        assertThat(run(run, false, stopBehind(1), settings)).isEqualTo(Run.Outcome.STOPPED);
        assertThat(run(run, true, stopBehind(3), settings)).isEqualTo(Run.Outcome.STOPPED);
        Files.writeString(
                run.resolve("metrics.jsonl"),
                Files.readString(run.resolve("metrics.jsonl")) + "{\"step\":4,\"metrics\":{}}\n{\"step\":5,\"met");
        assertThat(run(run, true, new Stopping(Integer.MAX_VALUE), settings)).isEqualTo(Run.Outcome.DONE);

        assertThat(TestingTask.metrics(run)).isEqualTo(TestingTask.metrics(folder.resolve("whole")));
        assertThat(run.resolve("samples.jsonl")).hasSameTextualContentAs(folder.resolve("whole/samples.jsonl"));
        assertThat(run.resolve("policy/model.safetensors"))
                .hasSameBinaryContentAs(folder.resolve("whole/policy/model.safetensors"));
    }

    @Test
    void rewardsStayWithTheirVersions() throws Exception {
        Path run = folder.resolve("run");
        run(run, false, stopBehind(0));
        task.list("1", "2");

        assertThat(run(run, true, new Stopping(Integer.MAX_VALUE))).isEqualTo(Run.Outcome.DONE);
        assertThat(Files.readString(run.resolve("checkpoints/step-00000006/checkpoint.json")))
                .contains("even:sha256:1=0.5");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        seed=1                 | --set: seed: 1 (expected: 0, as the run was begun with)
        rewards=even           | --set: rewards: [even] (expected: [even=0.5], as the run was begun with)
        rollout.temperature=.7 | --set: rollout.temperature: 0.7 (expected: 1.0, as the run was begun with)
        steps=1                | --set: steps: 1 (expected: at least the 2 that are done)
        """)
    void refusesToResumeWithOtherSettings(String setting, String message) throws Exception {
        Path run = folder.resolve("run");
        run(run, false, stopBehind(1));

        assertThatThrownBy(() -> run(run, true, new Stopping(9), setting))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(message);
    }

    @Test
    void refusesToResumeWithOtherPrompts() throws Exception {
        Path run = folder.resolve("run");
        run(run, false, stopBehind(1));
        Files.write(folder.resolve("prompts.jsonl"), TestingTask.prompts("a"));

        assertThatThrownBy(() -> run(run, true, new Stopping(9)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("prompts: ")
                .hasMessageContaining("expected: what it was when the run began");
    }

    @Test
    void resumesFromItsOwnConfigurationWithMoreSteps() throws Exception {
        Path run = folder.resolve("run");
        start(run, "steps=2");

        Run more = new Run(RunKind.training(), Optional.empty(), List.of("steps=3"), run, true);

        assertThat(more.execute(new Stop(), progress, InstantSource.system())).isEqualTo(Run.Outcome.DONE);
        assertThat(steps(run.resolve("metrics.jsonl"))).containsExactly(-1, 0, 1, 2);
        assertThat(Files.readString(run.resolve("run.yaml"))).contains("steps: 3");
        assertThat(Files.readString(run.resolve("report.html"))).contains("<dt>Last step</dt><dd>2</dd>");
        try (Stream<Path> events = Files.list(run.resolve("tensorboard"))) {
            assertThat(events).hasSize(2);
        }
    }

    @Test
    void refusesAFolderWithFilesAndOneThatAnotherProcessHas() throws Exception {
        Path run = folder.resolve("run");
        start(run, "steps=1");

        assertThatThrownBy(() -> start(run))
                .isInstanceOf(RunException.class)
                .hasMessage(run + ": has files (expected: an empty folder or none; --resume goes on with a run)");
        try (RunFolder _ = RunFolder.open(run, true)) {
            assertThatThrownBy(() -> run(run, true, new Stopping(9)))
                    .hasMessage(run + ": another process runs here (expected: none)");
        }
    }

    @Test
    void serviceThatIsAwayEndsTheRunWhichCanBeResumed() throws Exception {
        Path run = folder.resolve("run");
        task.server.close();

        assertThatThrownBy(() -> start(run))
                .isInstanceOf(MissingRewardException.class)
                .hasMessageStartingWith("UNAVAILABLE: " + task.server.target());
        try (TestingTask another = new TestingTask(folder)) {
            assertThat(another.server.target()).isNotEqualTo(task.server.target());
            assertThat(run(run, true, new Stopping(9))).isEqualTo(Run.Outcome.DONE);
        }
    }

    @Test
    void brokenStreamIsCountedAndChangesNothingElse() throws Exception {
        start(folder.resolve("whole"));
        task.server.breakStreamAt(5);

        start(folder.resolve("broken"));

        List<String> broken = TestingTask.metrics(folder.resolve("broken"));
        assertThat(broken)
                .anyMatch(line -> line.contains("service/retries") && !line.contains("service/retries\":0.0"));
        assertThat(withoutRetries(broken)).isEqualTo(withoutRetries(TestingTask.metrics(folder.resolve("whole"))));
    }

    private static List<String> withoutRetries(List<String> lines) {
        return lines.stream()
                .map(line -> line.replaceAll("\"service/[a-z]+\":[0-9.]+", ""))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    void serviceThatGoesAwayInMidRunIsWaitedForNoLongerThanToldAndNothingIsLost(int interval) throws Exception {
        String checkpoints = "checkpoint.interval=" + interval;
        start(folder.resolve("whole"), checkpoints);
        Path run = folder.resolve("run");
        TestingTask.Silence closing = new TestingTask.Silence() {
            @Override
            public void step(int step, Map<String, Double> metrics) {
                task.server.close();
            }
        };

        assertThatThrownBy(() -> new Run(
                                RunKind.training(), Optional.of(task.configuration), List.of(checkpoints), run, false)
                        .execute(new Stop(), closing, InstantSource.system()))
                .isInstanceOf(MissingRewardException.class)
                .hasMessageContaining("UNAVAILABLE");

        assertThat(steps(run.resolve("metrics.jsonl"))).containsExactly(-1, 0);
        assertThat(run.resolve("checkpoints")).isDirectoryContaining("glob:**/step-00000001");
        try (TestingTask _ = new TestingTask(folder)) {
            assertThat(run(run, true, new Stopping(9), checkpoints)).isEqualTo(Run.Outcome.DONE);
        }
        assertThat(TestingTask.metrics(run)).isEqualTo(TestingTask.metrics(folder.resolve("whole")));
    }

    private Run.Outcome start(Path run, String... settings) throws IOException, RunException {
        return run(run, false, new Stopping(Integer.MAX_VALUE), settings);
    }

    private Run.Outcome run(Path run, boolean resume, Stopping stopping, String... settings)
            throws IOException, RunException {
        return new Run(RunKind.training(), Optional.of(task.configuration), List.of(settings), run, resume)
                .execute(stopping.stop, stopping, InstantSource.fixed(Instant.EPOCH));
    }

    private static Stopping stopBehind(int step) {
        return new Stopping(step);
    }

    private static List<Integer> steps(Path file) throws IOException {
        List<Integer> steps = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            steps.add(JsonParser.parseString(line).getAsJsonObject().get("step").getAsInt());
        }
        return steps;
    }

    /** Asks for a stop behind a step. */
    private static final class Stopping extends TestingTask.Silence {
        final Stop stop = new Stop();
        private final int last;

        Stopping(int last) {
            this.last = last;
        }

        @Override
        public void step(int step, Map<String, Double> metrics) {
            if (step == last) {
                stop.request();
            }
        }
    }
}
