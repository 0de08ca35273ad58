package dev.winnow.ppo.cli;

import dev.winnow.ppo.report.compare.Grouping;
import dev.winnow.ppo.report.compare.RunComparison;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code winnow compare}. */
@Command(
        name = "compare",
        description = {
            "Compares runs: final values with confidence intervals, differences to the first run's group, and steps to",
            "the same reward. Prints the tables and writes them, with a chart of each metric, into a folder.",
            "Runs whose settings differ in seeds alone are one group, unless told otherwise."
        })
final class CompareCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec command;

    @Parameters(paramLabel = "RUN", arity = "1..*", description = "Folders of runs.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private List<Path> folders;

    @Option(
            names = "--metric",
            paramLabel = "NAME",
            description = "A metric to compare, as often as needed (default: all of evaluation/ that every run has).")
    private List<String> metrics = List.of();

    @Option(
            names = "--out",
            required = true,
            paramLabel = "DIR",
            description = "A folder for compare.md and the charts.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path out;

    @ArgGroup
    private @Nullable Groups groups;

    /** At most one of them. */
    private static final class Groups {
        @Option(
                names = "--group",
                paramLabel = "REGEX",
                description = "Runs are a group where this finds the same in their folders' names.")
        private @Nullable Pattern pattern;

        @Option(names = "--by", paramLabel = "KEY", description = "Runs with the same value of a setting are a group.")
        private @Nullable String key;

        @Option(
                names = "--ignore",
                paramLabel = "KEY",
                description = "A setting in which the runs of a group may differ, as often as needed.")
        private List<String> ignored = List.of();

        Grouping grouping() {
            if (pattern != null) {
                return Grouping.byFolder(pattern);
            }
            return key != null ? Grouping.bySetting(key) : Grouping.bySettings(ignored);
        }
    }

    @Override
    public Integer call() throws UserFailure {
        PrintWriter output = command.commandLine().getOut();
        Grouping grouping = groups == null ? Grouping.bySettings(List.of()) : groups.grouping();
        try {
            output.print(RunComparison.write(folders, grouping, metrics, out));
        } catch (IOException e) {
            throw UserFailure.of(e);
        }
        output.flush();
        return ExitCode.OK;
    }
}
