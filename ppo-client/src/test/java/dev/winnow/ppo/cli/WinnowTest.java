package dev.winnow.ppo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.rpc.Code;
import dev.winnow.ppo.reward.TestingRewardServer;
import dev.winnow.v1.Density;
import dev.winnow.v1.ListRewardsResponse;
import dev.winnow.v1.RefusedBundle;
import dev.winnow.v1.RewardInfo;
import dev.winnow.v1.ValueStatistics;
import dev.winnow.v1.VersionInfo;
import io.grpc.Status;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class WinnowTest {
    private static final ListRewardsResponse LISTED = ListRewardsResponse.newBuilder()
            .addRewards(RewardInfo.newBuilder()
                    .setName("length")
                    .setBundle("testing")
                    .setMeaning("code points")
                    .addDensities(Density.SENTENCE)
                    .addDensities(Density.SEQUENCE)
                    .setDefaultDensity(Density.SEQUENCE)
                    .setMinimum(0)
                    .setMaximum(Float.POSITIVE_INFINITY)
                    .addStatistics(statistics(Density.SENTENCE, 40, 20))
                    .addVersions(VersionInfo.newBuilder()
                            .setVersion("1")
                            .setDigest("sha256:0123456789abcdef0123456789abcdef")
                            .setLatest(true))
                    .setMaximumTokens(512))
            .addRefused(RefusedBundle.newBuilder().setFolder("bad/1").setReason("sha256: differs"))
            .build();

    private static final RewardInfo ANOTHER_OF_THE_BUNDLE = LISTED.getRewards(0).toBuilder()
            .setName("accord")
            .setMeaning("agreement")
            .clearDensities()
            .addDensities(Density.TOKEN)
            .addDensities(Density.SEQUENCE)
            .setDefaultDensity(Density.TOKEN)
            .setMinimum(-1)
            .setMaximum(1)
            .clearStatistics()
            .addStatistics(statistics(Density.TOKEN, -0.25f, 12.5f))
            .addStatistics(statistics(Density.SEQUENCE, 0.5f, 0.75f))
            .build();

    private static final String EMPTY = "{\"response\": \"\"}";

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    private Path folder;

    private final TestingRewardServer server = new TestingRewardServer();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @AfterEach
    void close() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--stream", "--batch=3"})
    void scoreWritesOneResultALineInOrder(String transport) throws IOException {
        server.answerBackwards(3); // of the 999 samples none is held back for good
        String samples = IntStream.range(0, 1000)
                .mapToObj(i -> i == 500
                        ? "no sample\n"
                        : "{\"id\": \"%d\", \"response\": \"%s\"}\n".formatted(i, "x".repeat(i)))
                .collect(Collectors.joining());

        int exit = score(samples, transport);

        List<String> results = Files.readAllLines(results());
        assertThat(exit).isEqualTo(1);
        assertThat(results).hasSize(1000);
        assertThat(results.get(1))
                .isEqualTo(
                        "{\"id\":\"1\",\"rewards\":{\"vectors\":[{\"reward\":\"length\",\"density\":\"DENSITY_UNSPECIFIED\","
                                + "\"bundle\":\"testing\",\"version\":\"1\",\"starts\":[0],\"ends\":[1],\"values\":[1.0],\"raw_values\":[],"
                                + "\"placements\":[],\"truncated\":false,\"digest\":\"\"}],\"combined\":[]}}");
        assertThat(results.get(500))
                .isEqualTo(
                        "{\"id\":\"\",\"error\":{\"code\":\"INVALID_ARGUMENT\",\"message\":\"line 501: no sample (expected:"
                                + " one JSON object)\",\"retry_after_ms\":0}}");
        assertThat(results.get(999)).contains("\"values\":[999.0]");
        assertThat(err.toString())
                .contains("samples without rewards: 1 of 1000")
                .contains("result 501, id ''");
    }

    @Test
    void scoreExitsWithZeroWhereAllIsThere() throws IOException {
        assertThat(score("{\"response\": \"a\"}\n")).isZero();
        assertThat(score("")).isZero();
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void scoreGivesTheErrorOfAFailedCallToItsSamplesAndGoesOn() throws IOException {
        server.failCall(Status.INTERNAL.withDescription("out of memory").asRuntimeException());

        assertThat(score((EMPTY + "\n").repeat(3), "--batch=2")).isEqualTo(1);

        List<String> results = Files.readAllLines(results());
        assertThat(results).hasSize(3);
        assertThat(results.stream()
                        .filter(line -> line.contains("out of memory"))
                        .count())
                .isBetween(1L, 2L);
    }

    @Test
    void scoreSpellsControlCharactersOut() throws IOException {
        server.answer(TestingRewardServer.error(Code.INTERNAL, "bad\033[2J\nmore", 0));

        score("{\"id\": \"\\u001b[1m\", \"response\": \"\"}\n");

        assertThat(err.toString()).contains("id '\\u001b[1m': INTERNAL: bad\\u001b[2J\\nmore");
    }

    @Test
    void keepsGrpcFromLogging() {
        Winnow.quieten();

        assertThat(Logger.getLogger("io.grpc.internal.ManagedChannelImpl").isLoggable(Level.SEVERE))
                .isFalse();
    }

    @Test
    void scoreTellsAtMostFiveErrors() throws IOException {
        score("x\n".repeat(8));

        assertThat(err.toString())
                .contains("result 5,")
                .doesNotContain("result 6,")
                .contains("and 3 more");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--stream", "--batch=2"})
    void scoreWithoutAServerWritesErrorsAndSaysWhatToDo(String transport) throws IOException {
        server.close();

        assertThat(score((EMPTY + "\n").repeat(2), transport)).isEqualTo(1);

        assertThat(Files.readAllLines(results())).hasSize(2).allMatch(line -> line.contains("\"UNAVAILABLE\""));
        assertThat(err.toString())
                .startsWith("winnow: UNAVAILABLE: " + server.target() + ": ")
                .contains("is `./winnow serve` running?");
    }

    @Test
    void scoreSendsNoMoreOnceNoServerIsThere() throws IOException {
        for (int call = 0; call < 100; call++) {
            server.failCall(Status.UNAVAILABLE.withDescription("draining").asRuntimeException());
        }

        assertThat(score((EMPTY + "\n").repeat(100), "--batch=1")).isEqualTo(1);

        assertThat(Files.readAllLines(results())).hasSize(100);
        assertThat(Files.readString(results())).contains("\"draining\"", "\"not sent after: draining\"");
        assertThat(server.calls()).hasSizeLessThan(100);
    }

    @Test
    void scoreRefusesToOverwriteItsInput() throws IOException {
        Path samples = Files.writeString(folder.resolve("samples.jsonl"), "{}\n");

        assertThat(run(
                        "score",
                        "--target",
                        server.target(),
                        "--rewards=x",
                        "--in",
                        samples.toString(),
                        "--out",
                        samples.toString()))
                .isEqualTo(2);
        assertThat(samples).hasContent("{}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nonsense",
                "score",
                "score --target=host:1",
                "score --target=host --rewards=x",
                "score --target=host:1 --rewards=x@WORD",
                "score --target=host:1 --rewards=x --timeout=5",
                "score --target=host:1 --rewards=x --timeout=0s",
                "score --target=host:1 --rewards=x --batch=0",
                "score --target=host:1 --rewards=x --batch=2 --stream",
                "score --target=host:1 --rewards=x --nonsense",
                "show --target=host:1 --rewards=x onlyPrompt",
                "rewards",
                "bundles",
                "bundles drop --target=host:1",
                "bundles load --target=host:1",
                "bundles load tiny --target=host:1",
                "bundles load tiny/1/2 --target=host:1",
                "bundles list tiny/1 --target=host:1",
                "bundles load tiny/1 --force --target=host:1",
                "bundles --target=host"
            })
    void aWrongCommandExitsWithTwoAndSaysNothingOnStandardOutput(String command) {
        assertThat(run(command.isEmpty() ? new String[0] : command.split(" "))).isEqualTo(2);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString()).startsWith("winnow: ").contains("--help");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--help",
                "score --help",
                "rewards --help",
                "show --help",
                "bundles --help",
                "--version",
                "score --version",
                "show -V"
            })
    void helpAndVersionGoToStandardOutput(String command) {
        assertThat(run(command.split(" "))).isZero();
        assertThat(out.toString()).isNotBlank();
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void rewardsPrintsAlignedTables() {
        server.list(LISTED.toBuilder().addRewards(ANOTHER_OF_THE_BUNDLE).build());

        assertThat(run("rewards", "--target", server.target())).isZero();

        assertThat(out.toString().lines().toList())
                .containsExactly(
                        "REWARD          RANGE     MEAN    STD   DENSITIES",
                        "testing/length  [0, inf)  -       -     SENTENCE,SEQUENCE*",
                        "testing/accord  [-1, 1]   -0.250  12.5  TOKEN*,SEQUENCE",
                        "* the default density. MEAN, STD: of its values over the training data, - where not told.",
                        "",
                        "REWARD          MEANING",
                        "testing/length  code points",
                        "testing/accord  agreement",
                        "",
                        "BUNDLE   TOKENS  VERSIONS",
                        "testing  512     1 sha256:0123456789ab latest",
                        "TOKENS: most tokens of the bundle's own tokenizer in one sample.",
                        "",
                        "REFUSED  REASON",
                        "bad/1    sha256: differs");
    }

    @Test
    void rewardsSaysWhereNothingIsServed() {
        server.list(LISTED.toBuilder().clearRewards().build());

        assertThat(run("rewards", "--target", server.target())).isZero();

        assertThat(out.toString().lines().toList())
                .containsExactly("No rewards are served.", "", "REFUSED  REASON", "bad/1    sha256: differs");
    }

    @Test
    void rewardsPrintsJson() {
        server.list(LISTED);

        assertThat(run("rewards", "--json", "--target", server.target())).isZero();

        assertThat(out.toString()).contains("\"default_density\": \"SEQUENCE\"", "\"maximum_samples_per_call\": 0");
    }

    @Test
    void showPrintsATableWhereThereIsNoTerminal() {
        server.list(LISTED);

        assertThat(run("show", "--target", server.target(), "--rewards=length@SENTENCE=2", "prompt", "one\ntwo\033[2J"))
                .isZero();

        assertThat(out.toString().lines().toList())
                .containsExactly(
                        "length SENTENCE, testing version 1: code points",
                        "VALUE    START  END  SEGMENT",
                        "+11.000  0      11   one\\ntwo\\u001b[2J",
                        "");
    }

    @Test
    void showSendsThePassagesThatItIsGiven() {
        server.list(LISTED);

        assertThat(run(
                        "show",
                        "--target",
                        server.target(),
                        "--rewards=length",
                        "--context=The first.",
                        "--context",
                        "The second.",
                        "p",
                        "r"))
                .isZero();

        assertThat(server.calls().getFirst().getSamples(0).getContextList())
                .containsExactly("The first.", "The second.");
    }

    @Test
    void showPrintsTheErrorOfItsSample() {
        server.answer(TestingRewardServer.error(Code.OUT_OF_RANGE, "tokens: 600 (expected: <= 512)", 0));

        assertThat(run("show", "--target", server.target(), "--rewards=length", "p", "r"))
                .isEqualTo(1);
        assertThat(err.toString()).isEqualToIgnoringNewLines("winnow: OUT_OF_RANGE: tokens: 600 (expected: <= 512)");
    }

    private static ValueStatistics statistics(Density density, float mean, float standardDeviation) {
        return ValueStatistics.newBuilder()
                .setDensity(density)
                .setMean(mean)
                .setStandardDeviation(standardDeviation)
                .build();
    }

    private int score(String samples, String... more) throws IOException {
        Path file = Files.writeString(folder.resolve("samples.jsonl"), samples);
        List<String> arguments = new ArrayList<>(List.of(
                "score",
                "--target",
                server.target(),
                "--rewards=length",
                "--in",
                file.toString(),
                "--out",
                results().toString()));
        arguments.addAll(List.of(more));
        return run(arguments.toArray(String[]::new));
    }

    private Path results() {
        return folder.resolve("results.jsonl");
    }

    private int run(String... arguments) {
        CommandLine command = Winnow.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err, true));
        int exit = command.execute(arguments);
        command.getOut().flush();
        return exit;
    }
}
