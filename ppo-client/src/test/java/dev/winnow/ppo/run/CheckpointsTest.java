package dev.winnow.ppo.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckpointsTest {
    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    private Path folder;

    private final List<String> told = new ArrayList<>();

    @Test
    void newestIsReadAndTheOldestAreDeleted() throws Exception {
        for (int steps = 1; steps <= 11; steps++) {
            write(steps);
        }

        Checkpoint newest = new Checkpoints(folder).newest(told::add).orElseThrow();

        assertThat(newest.progress()).isEqualTo(progress(11));
        assertThat(newest.configuration()).hasContent("steps: 11");
        assertThat(newest.folder().resolve("tensors")).hasContent("tensors of 11");
        assertThat(names()).containsExactly("step-00000010", "step-00000011");
        assertThat(told).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"tensors", "checkpoint.json", "run.yaml", "SHA256SUMS"})
    void damagedOneIsNamedAndTheOneBeforeIsUsed(String file) throws Exception {
        write(1);
        write(2);
        Path half = folder.resolve("step-00000002").resolve(file);
        Files.writeString(half, Files.readString(half).substring(0, 5));

        Checkpoint used = new Checkpoints(folder).newest(told::add).orElseThrow();

        assertThat(used.progress().steps()).isEqualTo(1);
        assertThat(told)
                .singleElement()
                .asString()
                .startsWith(folder.resolve("step-00000002") + " is damaged and not used: ")
                .contains(file);
        write(2);
        assertThat(newestSteps()).isEqualTo(2);
    }

    @Test
    void damagedOneOfLaterStepsGoesWithTheNextThatIsWritten() throws Exception {
        write(5);
        write(10);
        Files.delete(folder.resolve("step-00000010/tensors"));

        write(6);

        assertThat(names()).containsExactly("step-00000005", "step-00000006");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\u00ff\u00fe", "00"})
    void checksumsThatAreNoneAreDamage(String content) throws Exception {
        write(1);
        write(2);
        Files.writeString(folder.resolve("step-00000002/SHA256SUMS"), content, StandardCharsets.ISO_8859_1);

        assertThat(newestSteps()).isEqualTo(1);
        assertThat(told).hasSize(1);
    }

    @Test
    void missingFileIsDamage() throws Exception {
        write(1);
        write(2);
        Files.delete(folder.resolve("step-00000002/tensors"));

        assertThat(newestSteps()).isEqualTo(1);
        assertThat(told).singleElement().asString().endsWith("tensors: missing");
    }

    @Test
    void nothingBeginsAgainWhereAllAreDamaged() throws Exception {
        assertThat(new Checkpoints(folder).newest(told::add)).isEmpty();
        write(1);
        Files.delete(folder.resolve("step-00000001/SHA256SUMS"));

        assertThatThrownBy(() -> new Checkpoints(folder).newest(told::add))
                .isInstanceOf(RunException.class)
                .hasMessage(folder + ": no checkpoint that is whole (expected: one of 1)");
    }

    @Test
    void failedWriteLeavesThoseBeforeAndNothingElse() throws Exception {
        write(1);

        assertThatThrownBy(() -> new Checkpoints(folder)
                        .write(
                                progress(2),
                                "",
                                unfinished -> {
                                    Files.writeString(unfinished.resolve("tensors"), "half");
                                    throw new IOException("No space left on device");
                                },
                                1))
                .hasMessage("No space left on device");

        assertThat(names()).containsExactly("step-00000001");
        assertThat(newestSteps()).isEqualTo(1);
    }

    @Test
    void unfinishedOnesAreNoCheckpoints() throws Exception {
        write(1);
        Files.createDirectories(folder.resolve("step-00000002.part/policy"));
        Files.createDirectories(folder.resolve("step-00000000.part"));

        assertThat(newestSteps()).isEqualTo(1);
        write(2);
        assertThat(names()).containsExactly("step-00000001", "step-00000002");
    }

    private int newestSteps() throws Exception {
        return new Checkpoints(folder)
                .newest(told::add)
                .orElseThrow()
                .progress()
                .steps();
    }

    private void write(int steps) throws IOException {
        new Checkpoints(folder)
                .write(
                        progress(steps),
                        "steps: " + steps,
                        unfinished -> Files.writeString(unfinished.resolve("tensors"), "tensors of " + steps),
                        2);
    }

    private static Checkpoint.Progress progress(int steps) {
        // A number that is no short decimal: it must come back as it is.
        TrainingState state = new TrainingState(Map.of("kl_coefficient", 0.1 / steps), List.of("a:sha256:b@TOKEN=0.5"));
        return new Checkpoint.Progress(steps, state, Map.of("policy", "checksum"));
    }

    private List<String> names() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }
}
