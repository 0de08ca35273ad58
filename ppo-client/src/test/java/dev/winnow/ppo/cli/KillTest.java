package dev.winnow.ppo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.winnow.ppo.run.TestingTask;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Kills runs in random places, as often as the system property {@code winnow.kills} says. */
@Timeout(900)
class KillTest {
    private static final int KILLS = Integer.getInteger("winnow.kills", 3);
    private static final int STEPS = 8 * KILLS;
    /** A run is killed at most so many steps, and so many milliseconds more, behind its first new one. */
    private static final int MOST_STEPS = 5;

    private static final int MOST_MILLIS = 200;

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    private Path folder;

    @Test
    void killedRunHasTheNumbersOfOneThatWasLeftAlone() throws Exception {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        try (TestingTask task = new TestingTask(folder)) {
            Path whole = folder.resolve("whole");
            assertThat(start(task, whole).waitFor()).as(log(whole)).isZero();

            Path killed = folder.resolve("killed");
            for (int kill = 0; kill < KILLS; kill++) {
                Process process = start(task, killed);
                awaitSteps(process, killed, random.nextInt(MOST_STEPS));
                process.waitFor(random.nextInt(MOST_MILLIS), TimeUnit.MILLISECONDS);
                assertThat(process.isAlive())
                        .as("seed %d, kill %d: %s", seed, kill, log(killed))
                        .isTrue();
                process.destroyForcibly().waitFor();
            }
            assertThat(start(task, killed).waitFor()).as(log(killed)).isZero();

            assertThat(TestingTask.metrics(killed)).as("seed %d", seed).isEqualTo(TestingTask.metrics(whole));
            assertThat(killed.resolve("samples.jsonl")).hasSameTextualContentAs(whole.resolve("samples.jsonl"));
            assertThat(killed.resolve("policy/model.safetensors"))
                    .hasSameBinaryContentAs(whole.resolve("policy/model.safetensors"));
        }
    }

    /** Ctrl-C, as a terminal sends it. */
    @Test
    void interruptedRunEndsBehindItsStepAndGoesOn() throws Exception {
        try (TestingTask task = new TestingTask(folder)) {
            Path run = folder.resolve("run");
            Process process = start(task, run);
            awaitSteps(process, run, 1);

            new ProcessBuilder("kill", "-INT", Long.toString(process.pid()))
                    .start()
                    .waitFor();

            assertThat(process.waitFor()).as(log(run)).isEqualTo(130);
            int steps = TestingTask.metrics(run).size() - 1;
            assertThat(run.resolve("checkpoints/step-%08d".formatted(steps))).isDirectory();
            assertThat(start(task, run).waitFor()).as(log(run)).isZero();
        }
    }

    private static Process start(TestingTask task, Path run) throws IOException {
        Path log = run.resolveSibling(run.getFileName() + ".log");
        return new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-Dorg.bytedeco.openblas.load=mkl",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "dev.winnow.ppo.cli.Winnow",
                        "train",
                        "--config",
                        task.configuration.toString(),
                        "--set",
                        "steps=" + STEPS,
                        "--run",
                        run.toString(),
                        "--resume")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
    }

    private static String log(Path run) throws IOException {
        File log = run.resolveSibling(run.getFileName() + ".log").toFile();
        return log.exists() ? Files.readString(log.toPath()) : "";
    }

    /** Returns when the process has ended, or has done more steps than were done before by some. */
    private static void awaitSteps(Process process, Path run, int more) throws Exception {
        Path metrics = run.resolve("metrics.jsonl");
        long before = lines(metrics);
        while (lines(metrics) <= before + more && !process.waitFor(1, TimeUnit.MILLISECONDS)) {
            // Looks again.
        }
    }

    private static long lines(Path file) throws IOException {
        if (!Files.exists(file)) {
            return 0;
        }
        String text = Files.readString(file);
        return text.chars().filter(character -> character == '\n').count();
    }
}
