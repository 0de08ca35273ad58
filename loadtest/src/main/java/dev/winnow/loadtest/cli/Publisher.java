package dev.winnow.loadtest.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.winnow.loadtest.report.ChartFile;
import dev.winnow.loadtest.report.Machine;
import dev.winnow.loadtest.report.Report;
import dev.winnow.loadtest.report.Result;
import dev.winnow.loadtest.report.TextReport;
import dev.winnow.loadtest.scenario.Scenario;
import dev.winnow.loadtest.scenario.Settings;
import dev.winnow.loadtest.scenario.Workbench;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Runs a scenario, and says and writes what it found. */
final class Publisher {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    /** Both are set by the launcher; the defaults are for who runs this from the repository's root. */
    private static final Path ROOT = Path.of(System.getProperty("winnow.root", "."));

    private static final Path SERVICE = Path.of(System.getProperty(
            "winnow.service",
            ROOT.resolve("reward-service/target/quarkus-app/quarkus-run.jar").toString()));

    private final Settings settings;
    private final String command;
    private final PrintWriter out;

    /**
     * Creates a publisher.
     *
     * @param command how the program was called
     */
    Publisher(Settings settings, String command, PrintWriter out) {
        this.settings = settings;
        this.command = command;
        this.out = out;
    }

    /** Runs a scenario, prints its result, draws its chart and writes its figures. */
    Report publish(Scenario scenario, Path chart, @Nullable Path json) throws IOException, InterruptedException {
        Machine machine = Machine.here(ROOT);
        Result result;
        try (Workbench bench = new Workbench(ROOT, SERVICE, settings)) {
            result = scenario.measure(bench);
        }
        Report report = new Report(command, machine, result);
        out.println(TextReport.of(machine));
        out.println(TextReport.of(result));
        ChartFile.write(result.chart(), chart);
        out.println("chart: " + chart);
        out.flush();
        if (json != null) {
            Files.writeString(json, JSON.writeValueAsString(report) + "\n");
        }
        return report;
    }
}
