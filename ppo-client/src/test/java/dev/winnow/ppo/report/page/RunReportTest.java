package dev.winnow.ppo.report.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.winnow.ppo.report.TestingRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunReportTest {
    private static final Pattern CHARTS =
            Pattern.compile("<script type=\"application/json\" id=\"charts\">(.*?)</script>", Pattern.DOTALL);

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    private Path folder;

    @Test
    void chartsEveryMetricOfARun() throws IOException {
        String page = report(TestingRun.write(folder, "TOKEN", 1, 20, 1));

        assertThat(charts(page))
                .extracting(chart -> chart.get("title").getAsString())
                .containsExactly(
                        "reward/toxicity",
                        "reward/combined",
                        "KL to the reference",
                        "Entropy",
                        "Response length",
                        "Truncated responses",
                        "KL coefficient",
                        "KL of the update",
                        "Policy loss",
                        "Value loss",
                        "Clipped tokens",
                        "Gradient norm before clipping",
                        "Learning rate",
                        "Moves of the weights",
                        "Values and returns",
                        "Explained variance",
                        "Time by phase",
                        "Waiting for rewards",
                        "Failures of the service",
                        "Time without the service");
        JsonObject reward = charts(page).getFirst();
        assertThat(reward.get("unit").getAsString()).isEqualTo("sum over a response");
        assertThat(names(reward)).containsExactly("training", "held-out prompts");
        assertThat(reward.getAsJsonArray("series")
                        .get(1)
                        .getAsJsonObject()
                        .getAsJsonArray("steps")
                        .toString())
                .isEqualTo("[-1,9,19]");
    }

    @Test
    void stacksThePhasesAndRelatesTheWait() throws IOException {
        run(TestingRun.line(
                0,
                Map.of(
                        "seconds/generate",
                        3.0,
                        "seconds/update",
                        1.0,
                        "seconds/step",
                        4.0,
                        "seconds/reward_wait",
                        0.2)));

        String page = report(folder);

        JsonObject phases = charts(page).getFirst();
        assertThat(phases.get("stacked").getAsBoolean()).isTrue();
        assertThat(names(phases)).containsExactlyInAnyOrder("generate", "update");
        assertThat(charts(page)
                        .get(1)
                        .getAsJsonArray("series")
                        .get(0)
                        .getAsJsonObject()
                        .get("values")
                        .toString())
                .isEqualTo("[5.0]");
        assertThat(page).contains("<dd>5.0% of step time</dd>");
    }

    @Test
    void sumsUpTheFailuresOfTheService() throws IOException {
        run(
                TestingRun.line(0, Map.of("service/retries", 0.0, "service/interruptions", 0.0)),
                TestingRun.line(1, Map.of("service/retries", 4.0, "service/interruptions", 1.0)),
                TestingRun.line(2, Map.of("service/retries", 3.0, "service/interruptions", 1.0)));

        assertThat(report(folder)).contains("<dt>Failures of the service</dt><dd>2 interruptions, 7 retries</dd>");
    }

    @Test
    void chartsTheStepsOfARunWithoutPhases() throws IOException {
        run(TestingRun.line(0, Map.of("seconds/step", 2.0)));

        assertThat(names(charts(report(folder)).getFirst())).containsExactly("step");
    }

    @Test
    void summarisesFirstLastAndBest() throws IOException {
        run(
                TestingRun.line(-1, Map.of("evaluation/reward/toxicity", -0.5)),
                TestingRun.line(0, Map.of("reward/toxicity", -0.5, "entropy", 3.0)),
                TestingRun.line(1, Map.of("reward/toxicity", -0.125, "entropy", 2.0)),
                TestingRun.line(2, Map.of("reward/toxicity", -0.25, "evaluation/loss", 2.0)),
                TestingRun.line(3, Map.of("evaluation/loss", 2.5)));

        assertThat(report(folder))
                .contains(
                        "<th scope=\"row\">reward/toxicity</th><td>sum over a response</td><td>-0.5000</td><td>-0.2500</td>"
                                + "<td>-0.1250 @ 1</td><td>-0.5000</td><td>-0.5000</td><td>-0.5000 @ -1</td>")
                .contains("<th scope=\"row\">entropy</th><td>nats a token</td><td>3</td><td>2</td><td>–</td>")
                .contains("<td>2</td><td>2.500</td><td>2 @ 2</td>");
    }

    @Test
    void showsUntrustedTextAsItIs() throws IOException {
        run(TestingRun.line(0, Map.of("</script><b>", 1.0)));
        samples(TestingRun.sample(
                        -1,
                        "<i>\u202ep",
                        List.of("</script>", "<!--", "a\u2066b\u0000", "א'\"&", "\ud800", ""),
                        1,
                        2,
                        3,
                        4,
                        5,
                        6)
                // Half of a pair can be written as an escape alone.
                .replace("\ud800", "\\ud800"));

        String page = report(folder);

        assertThat(page)
                .contains("&lt;/script&gt;</span>")
                .contains("&lt;!--</span>")
                .contains(">a<span class=\"spelled\">U+2066</span>b<span class=\"spelled\">U+0000</span></span>")
                .contains(">א&#39;&quot;&amp;</span>")
                .contains("data-values=\"[5.0,5.0]\"><span class=\"spelled\">U+D800</span></span>")
                .contains("data-values=\"[6.0,6.0]\"></span>")
                .contains(">&lt;i&gt;<span class=\"spelled\">U+202E</span>p</p>")
                .doesNotContain("<b>", "<i>", "\u202e", "\u2066", "\u0000");
        // The page's own two scripts and two sets of data; nothing else ends one.
        assertThat(page.split("</script>", -1)).hasSize(5);
    }

    @Test
    void setsTheLastFullEvaluationBesideTheFirst() throws IOException {
        run(TestingRun.line(0, Map.of()));
        samples(
                TestingRun.sample(-1, "p", List.of("one"), 1),
                TestingRun.sample(-1, "p", List.of("two"), 2),
                TestingRun.sample(4, "p", List.of("three"), 3),
                TestingRun.sample(4, "p", List.of("four"), 4),
                TestingRun.sample(9, "p", List.of("unfinished"), 5));

        String page = report(folder);

        assertThat(page.substring(page.indexOf("<section id=\"samples\">")))
                .containsSubsequence(
                        "before training", ">one<", "after step 4", ">three<", "before training", ">two<", ">four<")
                .doesNotContain("unfinished");
    }

    @Test
    void loadsNothingFromElsewhere() throws IOException {
        String page = report(TestingRun.write(folder, "TOKEN", 1, 3, 1));

        assertThat(page)
                .contains("default-src 'none'")
                .doesNotContainPattern("<[^>]* src=")
                .doesNotContain("<link", "@import", "url(");
    }

    @Test
    void reportsARunThatWasKilled() throws IOException {
        TestingRun.write(folder, "TOKEN", 1, 3, 1);
        Files.writeString(folder.resolve("metrics.jsonl"), "{\"step\": 3, \"ti", StandardOpenOption.APPEND);

        assertThat(report(folder)).contains("metrics.jsonl ends in the middle of a line");
    }

    @Test
    void reportsARunThatHasNotTakenAStep() throws IOException {
        run();

        assertThat(report(folder)).contains("none yet").doesNotContain("id=\"samples\"");
    }

    @Test
    void replacesAReportButNotByABrokenRun() throws IOException {
        run(TestingRun.line(0, Map.of("entropy", 1.0)));
        report(folder);
        run(TestingRun.line(0, Map.of("entropy", 1.0)), TestingRun.line(1, Map.of("clipped/policy", 1.0)));
        assertThat(report(folder)).contains("Clipped tokens");
        run("nonsense");

        assertThatThrownBy(() -> RunReport.write(folder)).hasMessageContaining("line 1");

        assertThat(Files.readString(folder.resolve("report.html"))).contains("Clipped tokens");
        try (var files = Files.list(folder)) {
            assertThat(files.filter(file -> file.toString().endsWith(".draft"))).isEmpty();
        }
    }

    private void run(String... lines) throws IOException {
        Files.writeString(folder.resolve("run.yaml"), "seed: 1\n");
        Files.write(folder.resolve("metrics.jsonl"), List.of(lines));
    }

    private void samples(String... lines) throws IOException {
        Files.write(folder.resolve("samples.jsonl"), List.of(lines));
    }

    private static String report(Path run) throws IOException {
        return Files.readString(RunReport.write(run));
    }

    private static List<JsonObject> charts(String page) {
        Matcher matcher = CHARTS.matcher(page);
        assertThat(matcher.find()).isTrue();
        JsonArray charts = JsonParser.parseString(matcher.group(1)).getAsJsonArray();
        return StreamSupport.stream(charts.spliterator(), false)
                .map(chart -> chart.getAsJsonObject())
                .toList();
    }

    private static List<String> names(JsonObject chart) {
        return StreamSupport.stream(chart.getAsJsonArray("series").spliterator(), false)
                .map(series -> series.getAsJsonObject().get("name").getAsString())
                .toList();
    }
}
