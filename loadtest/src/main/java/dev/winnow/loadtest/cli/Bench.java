package dev.winnow.loadtest.cli;

import dev.winnow.loadtest.scenario.Ceiling;
import dev.winnow.loadtest.scenario.Fairness;
import dev.winnow.loadtest.scenario.Latency;
import dev.winnow.loadtest.scenario.Mixed;
import dev.winnow.loadtest.scenario.Overload;
import dev.winnow.loadtest.scenario.Reload;
import dev.winnow.loadtest.scenario.Replicas;
import dev.winnow.loadtest.scenario.Rewards;
import dev.winnow.loadtest.scenario.SameBits;
import dev.winnow.loadtest.scenario.Settings;
import dev.winnow.loadtest.scenario.Soak;
import dev.winnow.loadtest.scenario.scale.Scale;
import java.io.IOException;
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
            SameBits.class,
            Scale.class,
            All.class
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
        return new CommandLine(bench).setCaseInsensitiveEnumValuesAllowed(true).setExecutionStrategy(bench::run);
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
        CommandLine chosen = parsed.subcommand().commandSpec().commandLine();
        Publisher publisher = new Publisher(settings, String.join(" ", parsed.originalArgs()), command.getOut());
        try {
            boolean holds = chosen.getCommand() instanceof All all
                    ? all.run(publisher)
                    : publisher
                            .publish(chosen.getCommand(), chart(chosen.getCommandName()), json)
                            .result()
                            .holds();
            return holds ? ExitCode.OK : ExitCode.SOFTWARE;
        } catch (IOException | IllegalArgumentException e) {
            command.getErr().println("winnow: " + describe(e));
            return ExitCode.SOFTWARE;
        } catch (InterruptedException e) {
            throw new CommandLine.ExecutionException(chosen, "interrupted", e);
        }
    }

    private Path chart(String scenario) {
        return chart == null ? Path.of(scenario + ".png") : chart;
    }

    /** Returns a failure in words; a refused connection has none of its own. */
    static String describe(Exception failure) {
        return failure.getMessage() == null ? failure.toString() : failure.getMessage();
    }
}
