package dev.winnow.ppo.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigurationTest {
    private enum Colour {
        RED,
        DARK_BLUE
    }

    private static final Key<Integer> STEPS = Key.of("steps", Kind.WHOLE, 7, "Steps");
    private static final Key<Double> RATE = Key.of("optimizer.rate", Kind.NUMBER, 0.5, "Rate");
    private static final Key<Long> SEED = Key.of("seed", Kind.LONG, 0L, "Seed");
    private static final Key<Boolean> WHITEN = Key.of("whiten", Kind.TRUTH, true, "Whiten");
    private static final Key<Path> POLICY = Key.required("policy", Kind.PATH, "Policy");
    private static final Key<Optional<Path>> HELD_OUT = Key.optional("evaluation.prompts", Kind.PATH, "Prompts");
    private static final Key<List<String>> REWARDS = Key.of("rewards", Kind.TEXTS, List.of(), "Rewards");
    private static final Key<Duration> PATIENCE = Key.of("patience", Kind.DURATION, Duration.ofMinutes(5), "Patience");
    private static final Key<Colour> COLOUR = Key.of("colour", Kind.choice(Colour.class), Colour.RED, "Colour");
    private static final List<Key<?>> KEYS =
            List.of(STEPS, RATE, SEED, WHITEN, POLICY, HELD_OUT, REWARDS, PATIENCE, COLOUR);

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    private Path folder;

    @Test
    void readsEveryKindFromGroupsAndDots() throws IOException {
        Configuration read = read("""
                policy: models/tiny
                optimizer: {rate: 1e-5}
                evaluation.prompts: held-out.jsonl
                rewards: [toxicity=1, relevance]
                patience: 90s
                colour: dark_blue
                seed: 12345678901
                whiten: false
                """);

        assertThat(read.get(STEPS)).isEqualTo(7);
        assertThat(read.get(RATE)).isEqualTo(1e-5);
        assertThat(read.get(SEED)).isEqualTo(12345678901L);
        assertThat(read.get(WHITEN)).isFalse();
        assertThat(read.get(POLICY)).isEqualTo(folder.toAbsolutePath().resolve("models/tiny"));
        assertThat(read.get(HELD_OUT)).contains(folder.toAbsolutePath().resolve("held-out.jsonl"));
        assertThat(read.get(REWARDS)).containsExactly("toxicity=1", "relevance");
        assertThat(read.get(PATIENCE)).isEqualTo(Duration.ofSeconds(90));
        assertThat(read.get(COLOUR)).isEqualTo(Colour.DARK_BLUE);
    }

    @Test
    void commandLineWinsAndItsPathsAreRelativeToTheWorkingFolder() throws IOException {
        Configuration read =
                read("policy: a\nsteps: 1", "steps=2", "steps=3", "policy=b", "rewards=x=1, y", "optimizer.rate=.inf");

        assertThat(read.get(STEPS)).isEqualTo(3);
        assertThat(read.get(POLICY)).isEqualTo(Path.of("b").toAbsolutePath());
        assertThat(read.get(REWARDS)).containsExactly("x=1", "y");
        assertThat(read.get(RATE)).isInfinite();
    }

    @Test
    void whatIsWrittenReadsTheSame() throws IOException {
        Configuration read = read("policy: a\nrewards: [a, 'b: c']\noptimizer: {rate: 1e-5}\npatience: 1500ms");
        Path written = Files.writeString(folder.resolve("written.yaml"), read.toYaml());

        Configuration again = Configuration.read(written, List.of(), KEYS);

        assertThat(again.firstDifference(read, Set.of())).isEmpty();
        assertThat(read.toYaml())
                .contains("steps: 7", "optimizer:\n  rate: 1.0E-5")
                .doesNotContain("evaluation");
    }

    @Test
    void namesTheFirstKeyThatDiffersAndMayNot() throws IOException {
        Configuration before = read("policy: a");
        Configuration after = read("policy: a\nsteps: 8\ncolour: dark_blue");

        assertThat(after.firstDifference(before, Set.of())).contains(STEPS);
        assertThat(after.firstDifference(before, Set.of(STEPS))).contains(COLOUR);
        assertThat(after.firstDifference(before, Set.of(STEPS, COLOUR))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        policy: a\\nstep: 3                | FILE: step: unknown key (expected: steps)
        policy: a\\nrate: 3                | FILE: rate: unknown key (expected: optimizer.rate)
        policy: a\\noptimizer: {rat: 3}    | FILE: optimizer.rat: unknown key (expected: optimizer.rate)
        policy: a\\nnonsense: 3            | FILE: nonsense: unknown key (expected: one of docs/training.md)
        policy: a\\nsteps: many            | FILE: steps: 'many' (expected: a whole number)
        policy: a\\nsteps: 1.5             | FILE: steps: 1.5 (expected: a whole number)
        policy: a\\nsteps: 3000000000      | FILE: steps: 3000000000 (expected: a whole number)
        policy: a\\noptimizer: 3           | FILE: optimizer: 3 (expected: keys with values)
        policy: a\\nsteps: {a: 3}          | FILE: steps: {a=3} (expected: a whole number)
        policy: a\\nwhiten: 1              | FILE: whiten: 1 (expected: true or false)
        policy: a\\ncolour: green          | FILE: colour: 'green' (expected: one of red, dark_blue)
        policy: a\\npatience: 5            | FILE: patience: 5 (expected: a number above 0 and a unit: ms, s, m or h)
        policy: a\\noptimizer.rate: 1\\noptimizer: {rate: 2} | FILE: optimizer.rate: twice (expected: once)
        steps: 3                          | FILE: policy: missing (expected: a path)
        nothing                           | FILE: 'nothing' (expected: keys with values)
        policy: [                         | FILE: line 1: expected the node content, but found '<stream end>' (expected: YAML)
        """)
    void refuses(String yaml, String message) {
        assertThatThrownBy(() -> read(yaml.replace("\\n", "\n")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(message.replace("FILE", folder.resolve("run.yaml").toString()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        steps     | --set: 'steps' (expected: KEY=VALUE)
        step=3    | --set: step: unknown key (expected: steps)
        steps=x   | --set: steps: 'x' (expected: a whole number)
        steps=    | --set: steps: '' (expected: a whole number)
        """)
    void refusesOnTheCommandLine(String assignment, String message) {
        assertThatThrownBy(() -> read("policy: a", assignment))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(message);
    }

    @Test
    void keysThatAreGivenTwiceAreNotYaml() {
        assertThatThrownBy(() -> read("policy: a\npolicy: b")).hasMessageContaining("duplicate key policy");
    }

    private Configuration read(String yaml, String... assignments) throws IOException {
        Path file = Files.writeString(folder.resolve("run.yaml"), yaml);
        return Configuration.read(file, List.of(assignments), KEYS);
    }
}
