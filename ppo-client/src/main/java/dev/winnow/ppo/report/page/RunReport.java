package dev.winnow.ppo.report.page;

import com.google.gson.Gson;
import dev.winnow.ppo.report.folder.RecordedRun;
import dev.winnow.ppo.report.folder.StepMetrics;
import io.quarkus.qute.RawString;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The report of a run: one HTML file that loads nothing, with charts of every metric, sample generations in the colours
 * of their rewards, and the settings. A run that is going on, or was killed, has one as well.
 */
public final class RunReport {
    /** Its name in the run's folder. */
    public static final String FILE = "report.html";

    private static final Gson JSON = new Gson();

    /** A line under the title. */
    record Fact(String name, String value) {}

    private RunReport() {}

    /**
     * Reads the folder of a run and writes its report, in place of an earlier one.
     *
     * @return the report
     * @throws dev.winnow.ppo.report.folder.RunFileException where the folder holds no run, or a broken file
     */
    public static Path write(Path folder) throws IOException {
        RecordedRun run = RecordedRun.read(folder);
        Path report = folder.resolve(FILE);
        Path draft = folder.resolve(
                "%s.%d.draft".formatted(FILE, ProcessHandle.current().pid()));
        try {
            Files.write(draft, html(run).getBytes(StandardCharsets.UTF_8));
            Files.move(draft, report, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(draft);
        }
        return report;
    }

    static String html(RecordedRun run) {
        List<PageSection> sections = new ArrayList<>();
        List<Chart> charts = new ArrayList<>();
        Charts.of(run).forEach((section, ofSection) -> {
            sections.add(PageSection.of(section, charts.size(), ofSection));
            charts.addAll(ofSection);
        });
        SamplePairs samples = SamplePairs.of(run.samples().records());
        return Page.render(new Page.Content(
                run.name(),
                facts(run),
                warnings(run),
                SummaryRow.of(run),
                sections,
                samples,
                run.configuration().yaml(),
                new RawString(JSON.toJson(charts)),
                new RawString(JSON.toJson(samples.names()))));
    }

    private static List<Fact> facts(RecordedRun run) {
        if (run.steps().isEmpty()) {
            return List.of(new Fact("Steps", "none yet"));
        }
        StepMetrics first = run.steps().getFirst();
        StepMetrics last = run.steps().getLast();
        List<Fact> facts = new ArrayList<>(List.of(
                new Fact("Last step", last.step() < 0 ? "none yet" : Long.toString(last.step())),
                new Fact("First line", minute(first.time())),
                new Fact("Last line", minute(last.time()))));
        RewardWait.percentage(run)
                .ifPresent(percentage -> facts.add(
                        new Fact("Reward wait", String.format(Locale.ROOT, "%.1f%% of step time", percentage))));
        ServiceFailures.of(run).ifPresent(failures -> facts.add(new Fact("Failures of the service", failures)));
        return facts;
    }

    private static List<String> warnings(RecordedRun run) {
        List<String> warnings = new ArrayList<>();
        if (run.metrics().cutShort()) {
            warnings.add(cutShort("metrics.jsonl"));
        }
        if (run.samples().cutShort()) {
            warnings.add(cutShort("samples.jsonl"));
        }
        return warnings;
    }

    private static String cutShort(String file) {
        return file + " ends in the middle of a line, which is left out: the run is writing it, or was killed.";
    }

    private static String minute(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString().replace('T', ' ').replace("Z", " UTC");
    }
}
