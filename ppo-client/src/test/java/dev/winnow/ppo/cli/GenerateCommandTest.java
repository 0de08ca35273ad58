package dev.winnow.ppo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.util.JsonFormat;
import dev.winnow.v1.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GenerateCommandTest {
    private static final String POLICY = "src/test/resources/policies/tied";

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    private Path folder;

    private final TestingCommandLine winnow = new TestingCommandLine();

    @BeforeEach
    void writePrompts() throws IOException {
        Files.write(
                folder.resolve("prompts.jsonl"),
                List.of("{\"prompt\": \"a\"}", "{\"prompt\": \"bcd\", \"context\": [\"e\"]}"));
    }

    @Test
    void writesSamplesThatTheServiceCanScore() throws IOException {
        List<Sample> samples = generate("--responses-per-prompt", "2", "--maximum-new-tokens", "5");

        assertThat(samples).extracting(Sample::getId).containsExactly("1.1", "1.2", "2.1", "2.2");
        assertThat(samples).extracting(Sample::getPrompt).containsExactly("a", "a", "bcd", "bcd");
        assertThat(samples.getLast().getContextList()).containsExactly("e");
        assertThat(samples.get(0).getResponse()).isNotEqualTo(samples.get(1).getResponse());
        assertThat(samples).allSatisfy(sample -> {
            String response = sample.getResponse();
            assertThat(sample.getTokens().getEndsCount()).isBetween(1, 5);
            assertThat(sample.getTokens().getEndsList().getLast())
                    .isEqualTo(response.codePointCount(0, response.length()));
        });
    }

    @Test
    void aResponseDependsOnItsSeedAndNotOnItsNeighbours() throws IOException {
        List<Sample> together = generate("--maximum-new-tokens", "9", "--seed", "3");

        assertThat(generate("--maximum-new-tokens", "9", "--seed", "3", "--micro-batch", "1"))
                .isEqualTo(together);
        assertThat(generate("--maximum-new-tokens", "9", "--seed", "4")).isNotEqualTo(together);
        assertThat(generate("--maximum-new-tokens", "9", "--temperature", "0"))
                .isEqualTo(generate("--maximum-new-tokens", "9", "--temperature", "0", "--seed", "4"));
    }

    @ParameterizedTest
    @CsvSource({
        "--maximum-new-tokens, 64, 2",
        "--maximum-new-tokens, 62, 1",
        "--temperature, -1, 2",
        "--top-p, 0, 2",
        "--micro-batch, 0, 2",
        "--device, tpu, 2",
        "--policy, missing, 1"
    })
    void refuses(String option, String value, int exit) {
        List<String> arguments = new ArrayList<>(List.of("generate", "--prompts", folder + "/prompts.jsonl"));
        if (!option.equals("--policy")) {
            arguments.addAll(List.of("--policy", POLICY));
        }
        arguments.addAll(List.of(option, value, "--out", folder + "/out.jsonl"));

        assertThat(winnow.run(arguments.toArray(String[]::new))).isEqualTo(exit);
        assertThat(winnow.err()).startsWith("winnow: ").contains("expected: ");
    }

    private List<Sample> generate(String... options) throws IOException {
        Path out = folder.resolve("out.jsonl");
        List<String> arguments = new ArrayList<>(List.of(
                "generate", "--policy", POLICY, "--prompts", folder + "/prompts.jsonl", "--out", out.toString()));
        arguments.addAll(List.of(options));
        assertThat(winnow.run(arguments.toArray(String[]::new)))
                .as(winnow.err())
                .isZero();
        List<Sample> samples = new ArrayList<>();
        for (String line : Files.readAllLines(out)) {
            Sample.Builder sample = Sample.newBuilder();
            JsonFormat.parser().merge(line, sample);
            samples.add(sample.build());
        }
        return samples;
    }
}
