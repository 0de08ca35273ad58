package dev.winnow.loadtest.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.winnow.loadtest.report.ChartFile;
import dev.winnow.loadtest.report.Machine;
import dev.winnow.loadtest.report.Report;
import dev.winnow.loadtest.report.Result;
import dev.winnow.loadtest.report.TextReport;
import dev.winnow.loadtest.scenario.Ceiling;
import dev.winnow.loadtest.scenario.Fairness;
import dev.winnow.loadtest.scenario.Latency;
import dev.winnow.loadtest.scenario.Mixed;
import dev.winnow.loadtest.scenario.Overload;
import dev.winnow.loadtest.scenario.Reload;
import dev.winnow.loadtest.scenario.Replicas;
import dev.winnow.loadtest.scenario.Rewards;
import dev.winnow.loadtest.scenario.SameBits;
import dev.winnow.loadtest.scenario.Scenario;
import dev.winnow.loadtest.scenario.Settings;
import dev.winnow.loadtest.scenario.Soak;
import dev.winnow.loadtest.scenario.Workbench;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;

/** {@code ./winnow bench}: measures the service. Exit status: 0 where no claim fails, 1 where one does, 2 for misuse. */
@Command(
        name = "winnow bench",
        description = "Measure the reward service. Prints tables and checks, and draws a chart.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        scope = ScopeType.INHERIT,
        synopsisSubcommandLabel = "SCENARIO",
        subcommands = {
            Ceiling.class,
            Latency.class,
            Mixed.class,
            Rewards.class,
            Overload.class,
            Fairness.class,
            Reload.class,
            Soak.class,
            Replicas.class,
            SameBits.class
        })
public final class Bench {
    /** Held here, as loggers are weakly reachable otherwise and forget their level. */
    private static final Logger ROOT = Logger.getLogger("");

    @Mixin
    private final Settings settings = new Settings();

    @Option(names = "--json", paramLabel = "FILE", description = "Write all figures there.", scope = ScopeType.INHERIT)
    private @Nullable Path json;

    @Option(
            names = "--chart",
            paramLabel = "FILE",
            description = "Where the PNG goes. Default: SCENARIO.png in the current folder.",
            scope = ScopeType.INHERIT)
    private @Nullable Path chart;

    Bench() {}

    /** Runs one scenario and ends the process with its exit status. */
    public static void main(String[] arguments) {
        ROOT.setLevel(Level.WARNING);
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        Bench bench = new Bench();
        return new CommandLine(bench).setExecutionStrategy(bench::run).setExecutionExceptionHandler(Bench::report);
    }

    private int run(ParseResult parsed) {
        Integer help = CommandLine.executeHelpRequest(parsed);
        if (help != null) {
            return help;
        }
        CommandLine command = parsed.commandSpec().commandLine();
        if (!parsed.hasSubcommand()) {
            throw new ParameterException(command, "a scenario is missing");
        }
        CommandLine scenario = parsed.subcommand().commandSpec().commandLine();
        try {
            return measure(scenario.getCommandName(), scenario.getCommand(), parsed);
        } catch (IOException | InterruptedException e) {
            throw new CommandLine.ExecutionException(scenario, String.valueOf(e.getMessage()), e);
        }
    }

    private int measure(String name, Scenario scenario, ParseResult parsed) throws IOException, InterruptedException {
        Path root = Path.of(System.getProperty("winnow.root", "."));
        Path jar = Path.of(System.getProperty("winnow.service", "reward-service/target/quarkus-app/quarkus-run.jar"));
        Machine machine = Machine.here(root);
        Result result;
        try (Workbench bench = new Workbench(root, jar, settings)) {
            result = scenario.measure(bench);
        }
        System.out.println(TextReport.of(machine));
        System.out.println(TextReport.of(result));
        Path picture = chart == null ? Path.of(name + ".png") : chart;
        ChartFile.write(result.chart(), picture);
        System.out.println("chart: " + picture);
        if (json != null) {
            Report report = new Report(String.join(" ", parsed.originalArgs()), machine, result);
            Files.writeString(json, mapper().writeValueAsString(report) + "\n");
        }
        return result.holds() ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    private static ObjectMapper mapper() {
        return new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    }

    private static int report(Exception failure, CommandLine command, ParseResult parsed) throws Exception {
        if (failure instanceof IOException || failure instanceof IllegalArgumentException) {
            command.getErr().println("winnow: " + failure.getMessage());
            return ExitCode.SOFTWARE;
        }
        throw failure;
    }
}
