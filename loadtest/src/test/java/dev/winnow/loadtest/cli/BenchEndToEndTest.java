package dev.winnow.loadtest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** Short runs of each scenario against the packaged service. What they measure in so little time is not looked at. */
@Timeout(300)
class BenchEndToEndTest {
    private static final String TINY = "../reward-service/src/test/resources/bundles";

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    private Path folder;

    private record Run(int exit, String out, String err) {}

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        ceiling   | --rounds 2 --seconds 0.1                        | 2
        latency   | --rounds 2 --calls 5 --tokens 20 --warm-up 10   | 4
        mixed     | --seconds 0.5 --loads 0.2,0.4                   | 2
        overload  | --rounds 1 --seconds 0.5 --loads 0.5,2          | 2
        fairness  | --rounds 1 --seconds 0.5 --times 10             | 3
        reload    | --swaps 2 --setting winnow.reload.interval=1S   | 1
        soak      | --minutes 3 --minute-seconds 0.5                | 3
        replicas  | --replicas 2 --calls 60                         | 2
        same-bits | --samples 100                                   | 1
        """)
    void measures(String scenario, String options, int rows) throws IOException {
        JsonNode report = report(scenario, options + " --bundle tiny/response --bundles " + TINY);

        JsonNode tables = report.path("result").path("tables");
        assertThat(tables.path(0).path("rows")).hasSize(rows);
        assertThat(report.path("result").path("checks")).isNotEmpty();
        assertThat(report.path("machine").path("cores").asInt()).isPositive();
        assertThat(report.path("machine").path("onnxRuntime").asText()).matches("\\d+\\.\\d+\\.\\d+");
        switch (scenario) {
            case "ceiling" -> assertThat(column(tables, "tokens")).allMatch(tokens -> tokens.asInt() > 0);
            case "overload" -> assertThat(column(tables, "calls")).allMatch(calls -> calls.asInt() > 0);
            case "fairness" ->
                assertThat(column(tables, "calls").get(2).asInt())
                        .as("the greedy caller's calls")
                        .isGreaterThan(column(tables, "calls").get(1).asInt());
            case "replicas" -> {
                assertThat(column(tables, "answered by each"))
                        .extracting(JsonNode::asText)
                        .containsExactly("[60.0]", "[30.0, 30.0]");
                assertThat(measured(report, "calls lost")).isZero();
            }
            case "same-bits" -> {
                assertThat(measured(report, "samples answered both times")).isEqualTo(100);
                assertThat(measured(report, "samples with a bit that differs")).isZero();
            }
            default -> assertThat(tables).isNotEmpty();
        }
    }

    @Test
    void comparesAllRewardsOfAnInput() throws IOException {
        // A copy of one of the shipped bundles: a service with all of them takes longer to start.
        Path bundles = folder.resolve("bundles");
        Path version = Files.createDirectories(bundles.resolve("toxicity/1"));
        try (Stream<Path> files = Files.list(Path.of("../reward-models/bundles/toxicity/1"))) {
            for (Path file : files.toList()) {
                Files.copy(file, version.resolve(file.getFileName()));
            }
        }

        JsonNode report = report("rewards", "--rounds 1 --samples 4 --bundle toxicity --bundles " + bundles);

        assertThat(report.path("result").path("tables").path(0).path("rows")).hasSize(2);
    }

    @Test
    void simulates() throws IOException {
        JsonNode report = report(
                "scale",
                "--samples-per-minute 300,600 --cores 1 --trainers 2 --generation-seconds 1 --seconds 2"
                        + " --gpu-tokens-per-second 20000");

        JsonNode tables = report.path("result").path("tables");
        assertThat(tables).hasSize(10);
        assertThat(tables).allSatisfy(table -> assertThat(table.path("rows")).isNotEmpty());
        // 600 answers a minute of 89 tokens are 890 tokens a second, a sixth of what a core does.
        assertThat(tables.path(1).path("rows"))
                .filteredOn(row ->
                        row.path(0).asInt() == 600 && row.path(1).asText().equals("1-core CPU"))
                .singleElement()
                .satisfies(row -> assertThat(row.path(3).asInt()).isEqualTo(1));
    }

    @Test
    void comparesOnlyWithAnOverload() {
        Run run = bench("scale --measured ../loadtest/results/ceiling.json --samples-per-minute 600 --cores 1");

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err()).contains("'ceiling' (expected: overload)");
    }

    @Test
    void writesAFolderOfResultsAndGoesOnAfterAFailure() throws IOException {
        Path out = folder.resolve("out");
        // The bundle that the scenarios ask for is not there.
        Run run = bench("all --scenarios same-bits,ceiling --out " + out + " --bundles " + TINY);

        assertThat(run.exit()).isEqualTo(1);
        assertThat(out.resolve("README.md"))
                .content()
                .contains("## same-bits", "## ceiling", "Could not be run: bundle: " + TINY + "/toxicity");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nonsense", "mixed --lengths x", "ceiling --rounds x", "all"})
    void refusesWhatItDoesNotKnow(String command) {
        assertThat(bench(command).exit()).isEqualTo(2);
    }

    @Test
    void refusesARunningServiceWhereItNeedsItsOwn() {
        Run run = bench("soak --target localhost:1 --bundle tiny --bundles " + TINY);

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err()).contains("--target: localhost:1 (expected: none");
    }

    private JsonNode report(String scenario, String options) throws IOException {
        Path json = folder.resolve("report.json");
        Path chart = folder.resolve("chart.png");
        Run run = bench("%s %s --json %s --chart %s".formatted(scenario, options, json, chart));
        assertThat(run.err()).isEmpty();
        assertThat(run.exit()).as("status: 0 or, where a claim fails, 1").isBetween(0, 1);
        assertThat(run.out()).contains(scenario + ": ", "Checks", "chart: " + chart);
        assertThat(chart).isNotEmptyFile();
        JsonNode report = new ObjectMapper().readTree(json.toFile());
        assertThat(report.path("result").path("scenario").asText()).isEqualTo(scenario);
        return report;
    }

    private static List<JsonNode> column(JsonNode tables, String heading) {
        List<String> headings = new ArrayList<>();
        tables.path(0).path("columns").forEach(column -> headings.add(column.asText()));
        List<JsonNode> cells = new ArrayList<>();
        tables.path(0).path("rows").forEach(row -> cells.add(row.path(headings.indexOf(heading))));
        assertThat(cells).isNotEmpty();
        return cells;
    }

    private static double measured(JsonNode report, String claim) {
        for (JsonNode check : report.path("result").path("checks")) {
            if (check.path("claim").asText().equals(claim)) {
                return check.path("measured").asDouble();
            }
        }
        throw new AssertionError("no check: " + claim);
    }

    private static Run bench(String command) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine bench =
                Bench.commandLine().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        int exit = bench.execute(command.isEmpty() ? new String[0] : command.split(" "));
        return new Run(exit, out.toString(), err.toString());
    }
}
