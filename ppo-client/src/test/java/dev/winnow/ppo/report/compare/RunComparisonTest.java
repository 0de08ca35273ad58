package dev.winnow.ppo.report.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.winnow.ppo.report.TestingRun;
import dev.winnow.ppo.report.folder.RecordedRun;
import dev.winnow.ppo.report.folder.RunFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunComparisonTest {
    private static final String REWARD = "evaluation/reward/toxicity";

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    private Path folder;

    @Test
    void comparesGroupsThatDifferInMoreThanTheSeed() throws IOException {
        List<Path> runs = List.of(
                run("a1", "SEQUENCE", 1, -0.5, -0.4),
                run("a2", "SEQUENCE", 2, -0.5, -0.3),
                run("a3", "SEQUENCE", 3, -0.5, -0.2),
                run("b1", "TOKEN", 1, -0.3, -0.2),
                run("b2", "TOKEN", 2, -0.5, -0.1),
                run("b3", "TOKEN", 3, -0.3, 0));

        String tables = RunComparison.write(runs, Grouping.bySettings(List.of()), List.of(), folder.resolve("out"));

        // Means' errors sqrt(0.01 / 3) = 0.05774, t with 2 degrees 4.303; the difference's sqrt(2 * 0.01 / 3) = 0.08165
        // with 4 degrees, 2.776.
        assertThat(tables)
                .contains("| density=SEQUENCE | a1, a2, a3 | 9 |\n| density=TOKEN | b1, b2, b3 | 9 |\n")
                .contains("| density=SEQUENCE | 3 | -0.3000 | -0.3000 | [-0.5484, -0.05159] | -0.4000 | -0.2000 |\n"
                        + "| density=TOKEN | 3 | -0.1000 | -0.1000 | [-0.3484, 0.1484] | -0.2000 | 0 |\n")
                .contains("| less density=SEQUENCE | of medians |")
                .contains("| density=TOKEN | 0.2000 | 0.2000 | [-0.02670, 0.4267] |")
                .contains("| steps until -0.3000 | median |")
                .contains("| density=SEQUENCE | 10 | 2 of 3 |\n| density=TOKEN | 0 | 3 of 3 |")
                .doesNotContain("did not train equally long");
        assertThat(folder.resolve("out/compare.md")).hasContent(tables);
        assertThat(ImageIO.read(folder.resolve("out/evaluation-reward-toxicity.png")
                                .toFile())
                        .getWidth())
                .isEqualTo(900);
    }

    @Test
    void oneRunHasNoIntervalAndOneGroupNoDifference() throws IOException {
        List<Path> runs = List.of(run("a", "TOKEN", 1, -0.5, -0.25));

        assertThat(RunComparison.write(runs, Grouping.bySettings(List.of()), List.of(REWARD), folder.resolve("out")))
                .contains("| all | 1 | -0.2500 | -0.2500 | – | -0.2500 | -0.2500 |")
                .doesNotContain("less all", "steps until");
    }

    @Test
    void saysWhereRunsAreOfUnequalLength() throws IOException {
        List<Path> runs = List.of(run("a", "TOKEN", 1, -0.5, -0.25), run("b", "TOKEN", 2, -0.5));

        assertThat(RunComparison.write(runs, Grouping.bySettings(List.of()), List.of(), folder.resolve("out")))
                .contains("| all | a, b | 9, -1 |")
                .contains("they end at steps -1 to 9");
    }

    @Test
    void groupsByWhatIsAskedFor() throws IOException {
        List<RecordedRun> runs = new ArrayList<>();
        for (String name : List.of("dense-1", "sparse-1", "dense-2")) {
            runs.add(RecordedRun.read(run(name, name.startsWith("dense") ? "TOKEN" : "SEQUENCE", runs.size(), 1)));
        }

        assertThat(Grouping.byFolder(Pattern.compile("^(.*)-")).group(runs))
                .extracting(RunGroup::name, RunGroup::runNames)
                .containsExactly(tuple("dense", "dense-1, dense-2"), tuple("sparse", "sparse-1"));
        assertThat(Grouping.byFolder(Pattern.compile("dense|sparse")).group(runs))
                .hasSize(2);
        assertThat(Grouping.bySetting("density").group(runs))
                .extracting(RunGroup::name)
                .containsExactly("density=TOKEN", "density=SEQUENCE");
        assertThat(Grouping.bySettings(List.of("density")).group(runs))
                .extracting(RunGroup::name)
                .containsExactly("all");
        assertThatThrownBy(() -> Grouping.byFolder(Pattern.compile("x")).group(runs))
                .isInstanceOf(RunFileException.class)
                .hasMessageContaining("dense-1: name that does not match");
        assertThatThrownBy(() -> Grouping.bySetting("ppo.x").group(runs)).hasMessageContaining("no ppo.x");
    }

    @Test
    void namesTheRunThatLacksAMetric() throws IOException {
        List<Path> runs = List.of(run("a", "TOKEN", 1, 1));

        assertThatThrownBy(() -> RunComparison.write(
                        runs, Grouping.bySettings(List.of()), List.of("entropy"), folder.resolve("out")))
                .hasMessage("%s: no metric entropy (expected: one of [%s])".formatted(folder.resolve("a"), REWARD));
        Files.writeString(folder.resolve("a/metrics.jsonl"), TestingRun.line(0, Map.of("entropy", 1.0)) + "\n");
        assertThatThrownBy(() ->
                        RunComparison.write(runs, Grouping.bySettings(List.of()), List.of(), folder.resolve("out")))
                .hasMessageContaining("no evaluation that all runs have");
    }

    /** Writes a run with a reward at each tenth step from before training on. */
    private Path run(String name, String density, int seed, double... rewards) throws IOException {
        Path run = Files.createDirectory(folder.resolve(name));
        Files.writeString(run.resolve("run.yaml"), "seed: %d\ndensity: %s\n".formatted(seed, density));
        List<String> lines = new ArrayList<>();
        for (int evaluation = 0; evaluation < rewards.length; evaluation++) {
            lines.add(TestingRun.line(10L * evaluation - 1, Map.of(REWARD, rewards[evaluation])));
        }
        Files.write(run.resolve("metrics.jsonl"), lines);
        return run;
    }
}
