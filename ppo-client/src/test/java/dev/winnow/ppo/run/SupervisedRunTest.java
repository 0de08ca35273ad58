package dev.winnow.ppo.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonParser;
import dev.winnow.ppo.policy.Policy;
import dev.winnow.ppo.tensor.ComputeDevice;
import dev.winnow.ppo.tensor.ComputeThreads;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SupervisedRunTest {
    private static final Path TOKENIZER = TestingTask.POLICIES.resolve("tied");
    private static final String SCRATCH = """
            model:
              tokenizer: %s
              hidden_size: 16
              intermediate_size: 24
              layers: 2
              heads: 2
              key_value_heads: 1
              maximum_positions: 32
            data: {train: train.jsonl, evaluation: held-out.jsonl}
            steps: 6
            threads: 1
            evaluation: {interval: 2}
            batch: {examples: 4, micro_batch: 2}
            optimizer: {learning_rate: 1e-2, warm_up_steps: 2, decay_steps: 6}
            """.formatted(TOKENIZER);

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    private Path folder;

    @AfterEach
    void useAllThreads() {
        ComputeThreads.use(Runtime.getRuntime().availableProcessors());
    }

    @Test
    void modelFromScratchLearnsAndGoesOnToTheSameNumbers() throws Exception {
        run("whole", SCRATCH, false, Integer.MAX_VALUE);
        run("stopped", SCRATCH, false, 1);
        run("stopped", SCRATCH, true, 3);
        run("stopped", SCRATCH, true, Integer.MAX_VALUE);

        List<String> metrics = TestingTask.metrics(folder.resolve("whole"));
        assertThat(TestingTask.metrics(folder.resolve("stopped")))
                .isEqualTo(metrics)
                .hasSize(7);
        double before = metric(metrics.getFirst(), "evaluation/loss");
        assertThat(before).as("knows nothing of 99 tokens").isCloseTo(Math.log(99), within(0.2));
        assertThat(metric(metrics.get(1), "loss/train")).isCloseTo(before, within(0.2));
        assertThat(metric(metrics.getLast(), "evaluation/loss")).isLessThan(before - 0.3);
        assertThat(folder.resolve("stopped/policy/model.safetensors"))
                .hasSameBinaryContentAs(folder.resolve("whole/policy/model.safetensors"));
        try (Policy policy = Policy.read(folder.resolve("whole/policy"), ComputeDevice.CPU)) {
            assertThat(policy.config().vocabularySize()).isEqualTo(99);
            assertThat(policy.config().keyValueHeads()).isEqualTo(1);
        }
    }

    @Test
    void goesOnFromAModelInHalfPrecision() throws Exception {
        String configuration = """
                policy: %s
                data: {train: train.jsonl}
                steps: 2
                threads: 1
                output: f16
                """.formatted(TOKENIZER);

        run("run", configuration, false, Integer.MAX_VALUE);

        assertThat(TestingTask.metrics(folder.resolve("run"))).hasSize(2);
        assertThat(Files.readString(folder.resolve("run/policy/config.json"))).contains("\"float16\"");
    }

    @Test
    void refusedExamplesLeaveTheFolderToTheSameCommand() throws Exception {
        assertThatThrownBy(() -> run("run", SCRATCH, false, 9, "{}")).isInstanceOf(RunException.class);

        run("run", SCRATCH, false, 9);

        assertThat(TestingTask.metrics(folder.resolve("run"))).hasSize(7);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        {}                                       | line 1: prompt: missing (expected: text)
        {'prompt': 'a'}                          | line 1: response: missing (expected: text)
        {'text': 'a', 'prompt': 'b'}             | line 1: text with [text, prompt] (expected: text alone, or prompt and response)
        {'prompt': '', 'response': 'b'}          | line 1: prompt: no token (expected: at least 1)
        {'prompt': 'abcd', 'response': 'b'}      | line 1: prompt: 4 tokens (expected: below 4)
        {'prompt': 'abc', 'response': 'b'}       | line 1: 5 tokens (expected: at most 4, or data.too_long: cut)
        """)
    void refusesExamples(String line, String message) {
        String configuration = SCRATCH + "data.maximum_tokens: 4\n";

        assertThatThrownBy(() -> run("run", configuration.replace("evaluation: held-out.jsonl", ""), false, 9, line))
                .isInstanceOf(RunException.class)
                .hasMessage(folder.resolve("train.jsonl") + ": " + message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        hidden_size: 16       | hidden_size: 18        | model.hidden_size: 18 (expected: a multiple of twice the 2 heads)
        key_value_heads: 1    | key_value_heads: 3     | model.key_value_heads: 3 (expected: a divisor of the 2 heads)
        maximum_positions: 32 | end_token: '<end>'     | tokenizer.json: vocab: no <end> (expected: the token that ends a response)
        layers: 2             | layers: 0              | model.layers: 0 (expected: 1 or above)
        threads: 1            | 'policy: x\\nthreads: 1' | (expected: a directory, or model.tokenizer in its place)
        """)
    void refusesShapes(String setting, String instead, String message) {
        assertThatThrownBy(() ->
                        run("run", SCRATCH.replace(setting, instead.replace("\\n", "\n")), false, Integer.MAX_VALUE))
                .hasMessageEndingWith(message);
    }

    private static double metric(String line, String name) {
        return JsonParser.parseString(line)
                .getAsJsonObject()
                .getAsJsonObject("metrics")
                .get(name)
                .getAsDouble();
    }

    private void run(String name, String configuration, boolean resume, int last, String... train)
            throws IOException, RunException {
        Path file = Files.writeString(folder.resolve("sft.yaml"), configuration);
        Files.write(
                folder.resolve("train.jsonl"),
                train.length > 0
                        ? List.of(train[0].replace('\'', '"'))
                        : List.of(
                                "{\"text\": \"abcabcabc\"}",
                                "{\"prompt\": \"abc\", \"response\": \"abcabc\"}",
                                "{\"text\": \"bcabca\"}",
                                "{\"prompt\": \"a\", \"context\": [\"x\"], \"response\": \"bc\"}",
                                "{\"text\": \"cab\"}"));
        Files.write(folder.resolve("held-out.jsonl"), List.of("{\"text\": \"abcabc\"}"));
        Stop stop = new Stop();
        TestingTask.Silence stopping = new TestingTask.Silence() {
            @Override
            public void step(int step, Map<String, Double> metrics) {
                if (step == last) {
                    stop.request();
                }
            }
        };
        new Run(RunKind.supervised(), Optional.of(file), List.of(), folder.resolve(name), resume)
                .execute(stop, stopping, InstantSource.system());
    }
}
