package dev.winnow.ppo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.winnow.ppo.report.TestingRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code report} and {@code compare}. */
class RunCommandsTest {
    private final TestingCommandLine winnow = new TestingCommandLine();

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    private Path folder;

    @AfterEach
    void close() {
        winnow.close();
    }

    @Test
    void reportsARun() throws IOException {
        Path run = TestingRun.write(folder.resolve("run"), "TOKEN", 1, 3, 1);

        assertThat(winnow.run("report", run.toString())).isZero();

        assertThat(winnow.out().strip()).isEqualTo(run.resolve("report.html").toString());
        assertThat(run.resolve("report.html")).isNotEmptyFile();
    }

    @Test
    void saysWhatIsWrongWithARun() throws IOException {
        Path run = TestingRun.write(folder.resolve("run"), "TOKEN", 1, 3, 1);
        Files.writeString(run.resolve("metrics.jsonl"), "{}\n");

        assertThat(winnow.run("report", run.toString())).isEqualTo(1);

        assertThat(winnow.err())
                .isEqualToNormalizingNewlines("winnow: %s: line 1: step: missing (expected: a whole number)\n"
                        .formatted(run.resolve("metrics.jsonl")));
        assertThat(winnow.run("compare", run.toString(), "--out", folder.toString()))
                .isEqualTo(1);
    }

    @Test
    void comparesRuns() throws IOException {
        String a = TestingRun.write(folder.resolve("a"), "TOKEN", 1, 10, 1).toString();
        String b = TestingRun.write(folder.resolve("b"), "TOKEN", 2, 10, 1).toString();
        String c = TestingRun.write(folder.resolve("c"), "SEQUENCE", 1, 10, 0.5).toString();
        String out = folder.resolve("out").toString();

        assertThat(winnow.run("compare", a, b, c, "--out", out, "--metric", "evaluation/kl/reference"))
                .isZero();

        assertThat(winnow.out())
                .contains("| rewards=toxicity@TOKEN=1 | a, b | 9 |", "## evaluation/kl/reference (nats a response)")
                .doesNotContain("## evaluation/reward");
        assertThat(folder.resolve("out/evaluation-kl-reference.png")).isNotEmptyFile();
        assertThat(winnow.run("compare", a, b, c, "--out", out, "--by", "seed")).isZero();
        assertThat(winnow.out()).contains("| seed=1 | a, c | 9 |");
        assertThat(winnow.run("compare", a, b, c, "--out", out, "--group", "[ab]"))
                .isEqualTo(1);
        assertThat(winnow.err()).contains("c: name that does not match");
    }
}
