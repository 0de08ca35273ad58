package dev.winnow.loadtest.cli;

import dev.winnow.loadtest.drill.Drill;
import dev.winnow.loadtest.drill.Drilling;
import dev.winnow.loadtest.scenario.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./winnow drill}: failures under load. Exit status: 0 where nothing is lost, 1 where something is, 2 for misuse. */
@Command(
        name = "winnow drill",
        description = "Break things under load: several replicas on this machine, a trainer that asks, and a failure."
                + " Prints what the trainer asked, got, lost, and how long it stood still.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class DrillCommand implements Callable<Integer> {
    private static final String ALL = "all";

    /** Held here, as loggers are weakly reachable otherwise and forget their level. */
    private static final Logger ROOT = Logger.getLogger("");

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec specification;

    @Mixin
    private final Settings settings = new Settings();

    @Parameters(
            arity = "1..*",
            paramLabel = "NAME",
            description = "all, or any of: ${COMPLETION-CANDIDATES}.",
            completionCandidates = Names.class)
    private List<String> names = List.of();

    @Option(
            names = "--bundle",
            defaultValue = "toxicity",
            paramLabel = "BUNDLE[/INPUT]",
            description = "What is asked for. Default: ${DEFAULT-VALUE}.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private String bundle;

    @Option(names = "--replicas", defaultValue = "3", description = "Default: ${DEFAULT-VALUE}.")
    private int replicas;

    @Option(names = "--short", description = "Failures of seconds instead of minutes.")
    private boolean brief;

    @Option(names = "--json", paramLabel = "FILE", description = "Write all figures there.")
    private @Nullable Path json;

    @Option(
            names = "--chart",
            paramLabel = "FILE",
            defaultValue = "drill.png",
            description = "Where the PNG goes. Default: ${DEFAULT-VALUE}.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path chart;

    DrillCommand() {}

    /** Runs drills and ends the process with its exit status. */
    public static void main(String[] arguments) {
        ROOT.setLevel(Level.WARNING);
        System.exit(new CommandLine(new DrillCommand()).execute(arguments));
    }

    @Override
    public Integer call() throws InterruptedException {
        CommandLine command = specification.commandLine();
        try {
            List<Drill> drills = names.equals(List.of(ALL))
                    ? List.of(Drill.values())
                    : names.stream().map(Drill::labelled).toList();
            Publisher publisher = new Publisher(
                    settings, String.join(" ", command.getParseResult().originalArgs()), command.getOut());
            Drilling drilling = new Drilling(bundle, drills, replicas, brief ? Drill.Pace.SHORT : Drill.Pace.LONG);
            boolean holds = publisher.publish(drilling, chart, json).result().holds();
            return holds ? ExitCode.OK : ExitCode.SOFTWARE;
        } catch (IllegalArgumentException e) {
            throw new CommandLine.ParameterException(command, e.getMessage(), e);
        } catch (IOException e) {
            command.getErr().println("winnow: " + Bench.describe(e));
            return ExitCode.SOFTWARE;
        }
    }

    /** The names of all drills. */
    private static final class Names implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Arrays.stream(Drill.values()).map(Drill::label).iterator();
        }
    }
}
