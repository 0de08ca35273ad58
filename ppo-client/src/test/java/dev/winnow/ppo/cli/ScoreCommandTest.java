package dev.winnow.ppo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.rpc.Code;
import dev.winnow.ppo.reward.TestingRewardServer;
import io.grpc.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScoreCommandTest {
    private static final String EMPTY = "{\"response\": \"\"}";

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    private Path folder;

    private final TestingCommandLine winnow = new TestingCommandLine();

    @AfterEach
    void close() {
        winnow.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--stream", "--batch=3"})
    void writesOneResultALineInOrder(String transport) throws IOException {
        winnow.server().answerBackwards(3);
        String samples = IntStream.range(0, 1001) // so many that the last stream is full and its server holds none back
                .mapToObj(i -> i == 500
                        ? "no sample\n"
                        : "{\"id\": \"%d\", \"response\": \"%s\"}\n".formatted(i, "x".repeat(i)))
                .collect(Collectors.joining());

        int exit = score(samples, transport);

        List<String> results = Files.readAllLines(results());
        assertThat(exit).isEqualTo(1);
        assertThat(results).hasSize(1001);
        assertThat(results.get(1))
                .isEqualTo(
                        "{\"id\":\"1\",\"rewards\":{\"vectors\":[{\"reward\":\"length\",\"density\":\"DENSITY_UNSPECIFIED\","
                                + "\"bundle\":\"testing\",\"version\":\"1\",\"starts\":[0],\"ends\":[1],\"values\":[1.0],\"raw_values\":[],"
                                + "\"placements\":[],\"truncated\":false,\"digest\":\"\"}],\"combined\":[]}}");
        assertThat(results.get(500))
                .isEqualTo(
                        "{\"id\":\"\",\"error\":{\"code\":\"INVALID_ARGUMENT\",\"message\":\"line 501: no sample (expected:"
                                + " one JSON object)\",\"retry_after_ms\":0}}");
        assertThat(results.get(1000)).contains("\"values\":[1000.0]");
        assertThat(winnow.err()).contains("samples without rewards: 1 of 1001").contains("result 501, id ''");
    }

    @Test
    void exitsWithZeroWhereAllIsThere() throws IOException {
        assertThat(score("{\"response\": \"a\"}\n")).isZero();
        assertThat(score("")).isZero();
        assertThat(winnow.err()).isEmpty();
    }

    @Test
    void givesTheErrorOfAFailedCallToItsSamplesAndGoesOn() throws IOException {
        winnow.server()
                .failCall(Status.INTERNAL.withDescription("out of memory").asRuntimeException());

        assertThat(score((EMPTY + "\n").repeat(3), "--batch=2")).isEqualTo(1);

        List<String> results = Files.readAllLines(results());
        assertThat(results).hasSize(3);
        assertThat(results.stream()
                        .filter(line -> line.contains("out of memory"))
                        .count())
                .isBetween(1L, 2L);
    }

    @Test
    void spellsControlCharactersOut() throws IOException {
        winnow.server().answer(TestingRewardServer.error(Code.INTERNAL, "bad\033[2J\nmore", 0));

        score("{\"id\": \"\\u001b[1m\", \"response\": \"\"}\n");

        assertThat(winnow.err()).contains("id '\\u001b[1m': INTERNAL: bad\\u001b[2J\\nmore");
    }

    @Test
    void tellsAtMostFiveErrors() throws IOException {
        score("x\n".repeat(8));

        assertThat(winnow.err())
                .contains("result 5,")
                .doesNotContain("result 6,")
                .contains("and 3 more");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--stream", "--batch=2"})
    void withoutAServerWritesErrorsAndSaysWhatToDo(String transport) throws IOException {
        winnow.server().close();

        assertThat(score((EMPTY + "\n").repeat(2), transport)).isEqualTo(1);

        assertThat(Files.readAllLines(results())).hasSize(2).allMatch(line -> line.contains("\"UNAVAILABLE\""));
        assertThat(winnow.err())
                .startsWith("winnow: UNAVAILABLE: " + winnow.server().target() + ": ")
                .contains("is `./winnow serve` running?");
    }

    @Test
    void sendsNoMoreOnceNoServerIsThere() throws IOException {
        for (int call = 0; call < 100; call++) {
            winnow.server()
                    .failCall(Status.UNAVAILABLE.withDescription("draining").asRuntimeException());
        }

        assertThat(score((EMPTY + "\n").repeat(100), "--batch=1", "--patience=300ms"))
                .isEqualTo(1);

        assertThat(Files.readAllLines(results())).hasSize(100);
        assertThat(Files.readString(results())).contains("\"given up after", "\"not sent after: given up after");
        assertThat(winnow.server().calls()).hasSizeLessThan(100);
    }

    @Test
    void refusesToOverwriteItsInput() throws IOException {
        Path samples = Files.writeString(folder.resolve("samples.jsonl"), "{}\n");

        assertThat(winnow.run(
                        "score",
                        "--target",
                        winnow.server().target(),
                        "--rewards=x",
                        "--in",
                        samples.toString(),
                        "--out",
                        samples.toString()))
                .isEqualTo(2);
        assertThat(samples).hasContent("{}");
    }

    private int score(String samples, String... more) throws IOException {
        Path file = Files.writeString(folder.resolve("samples.jsonl"), samples);
        List<String> arguments = new ArrayList<>(List.of(
                "score",
                "--target",
                winnow.server().target(),
                "--rewards=length",
                "--in",
                file.toString(),
                "--out",
                results().toString()));
        arguments.addAll(List.of(more));
        return winnow.run(arguments.toArray(String[]::new));
    }

    private Path results() {
        return folder.resolve("results.jsonl");
    }
}
