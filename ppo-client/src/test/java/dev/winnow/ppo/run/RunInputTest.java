package dev.winnow.ppo.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.winnow.ppo.tensor.ComputeThreads;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Input that a run refuses before it computes anything. */
class RunInputTest {
    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    private Path folder;

    @SuppressWarnings("NullAway.Init") // set before each test
    private TestingTask task;

    @BeforeEach
    void open() throws IOException {
        task = new TestingTask(folder);
    }

    @AfterEach
    void close() {
        task.close();
        ComputeThreads.use(Runtime.getRuntime().availableProcessors());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "policy=missing: --set: policy: '%s/missing' (expected: a file or folder that exists)",
                "rollout.maximum_new_tokens=64: --set: rollout.maximum_new_tokens: 64 (expected: below 64, the most that"
                        + " the policy reads)",
                "rollout.maximum_new_tokens=33: TARGET: maximum new tokens: 33 (expected: at most 32, which testing/even"
                        + " takes)",
                "rollout.maximum_new_tokens=62: %s/prompts.jsonl: line 3: 3 tokens (expected: at most 2, so that a"
                        + " response fits behind them)",
                "rollout.minimum_new_tokens=9: --set: rollout.minimum_new_tokens: 9 (expected: from 0 to 8)",
                "rollout.truncation_penalty=1: --set: rollout.truncation_penalty: 1.0 (expected: above 0 where"
                        + " rollout.truncated is penalty, else 0)",
                "service.tls.ca=missing: --set: service.tls.ca: '%s/missing' (expected: a file that can be read)",
                "service.tls.key=missing: %s/tiny.yaml: service.tls.certificate: none (expected: given where service.tls.key"
                        + " is, and only there)",
                "rewards=odd: TARGET: reward: odd (expected: one of testing/even)",
                "rewards=even@WORD: --set: rewards: density: 'WORD' (expected: TOKEN, STEP, SUB_SENTENCE, SENTENCE,"
                        + " SEQUENCE)",
                "service.target=nowhere: --set: service.target: 'nowhere' (expected: HOST:PORT)",
                "device=tpu: --set: device: tpu (expected: cpu or cuda)",
                "template=x: --set: template: 'x' (expected: text with {prompt} in it)",
                "update.mini_batch=9: --set: update.mini_batch: 9 (expected: at most the 8 responses of a step)"
            })
    void refusesBadInputBeforeAnyStep(String settingAndMessage) throws IOException {
        String[] parts = settingAndMessage.split(": ", 2);
        String message = parts[1].replace("%s/missing", Path.of("").toAbsolutePath() + "/missing")
                .replace("%s", folder.toString())
                .replace("TARGET", task.server.target());

        assertThatThrownBy(() -> start(folder.resolve("run"), parts[0])).hasMessage(message);
        assertThat(folder.resolve("run/metrics.jsonl")).doesNotExist();
    }

    @Test
    void refusesATokenizerThatDisagreesWithItsModel() throws IOException {
        Path policy = Files.createDirectory(folder.resolve("policy"));
        for (String file : List.of("config.json", "tokenizer.json", "model.safetensors")) {
            Files.copy(TestingTask.POLICIES.resolve("tied").resolve(file), policy.resolve(file));
        }
        Path config = policy.resolve("config.json");
        Files.writeString(config, Files.readString(config).replace("\"vocab_size\": 99", "\"vocab_size\": 90"));

        assertThatThrownBy(() -> start(folder.resolve("run"), "policy=" + policy))
                .hasMessageContaining("vocab: token 98 (expected: below 90, the vocab_size of config.json)");
    }

    private void start(Path run, String setting) throws IOException, RunException {
        new Run(RunKind.training(), Optional.of(task.configuration), List.of(setting), run, false)
                .execute(new Stop(), new TestingTask.Silence(), InstantSource.fixed(Instant.EPOCH));
    }
}
