package dev.winnow.ppo.cli;

import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;

/**
 * The command line. Results go to standard output, everything else to standard error. Exit status: 0 where all that was
 * asked for is there, 1 where something is missing, 2 for a command that makes no sense; runs have more.
 */
@Command(
        name = "winnow",
        description = "Fine-grained rewards for generated text.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        scope = ScopeType.INHERIT,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            ScoreCommand.class,
            RewardsCommand.class,
            ShowCommand.class,
            BundlesCommand.class,
            TrainCommand.class,
            SftCommand.class,
            GenerateCommand.class,
            ReportCommand.class,
            CompareCommand.class
        })
public final class Winnow {
    /** Held here, as loggers are weakly reachable otherwise and forget their level. */
    private static final Logger GRPC = Logger.getLogger("io.grpc");

    Winnow() {}

    /** Runs one command and ends the process with its exit status. */
    public static void main(String[] arguments) {
        quieten();
        System.exit(commandLine().execute(arguments));
    }

    /** gRPC tells how it is doing; what a person should know, the commands say themselves. */
    static void quieten() {
        Logger.getLogger("").setLevel(Level.WARNING);
        GRPC.setLevel(Level.OFF);
    }

    static CommandLine commandLine() {
        return new CommandLine(new Winnow())
                .setParameterExceptionHandler(Winnow::refuse)
                .setExecutionExceptionHandler(Winnow::report);
    }

    private static int refuse(ParameterException failure, String[] arguments) {
        CommandLine command = failure.getCommandLine();
        command.getErr().println("winnow: " + failure.getMessage());
        command.getErr().printf("Try '%s --help'.%n", command.getCommandSpec().qualifiedName());
        return ExitCode.USAGE;
    }

    /** Prints a failure that a person can do something about as one line; any other is a bug and keeps its trace. */
    private static int report(Exception failure, CommandLine command, ParseResult parsed) throws Exception {
        if (failure instanceof UserFailure) {
            command.getErr().println("winnow: " + failure.getMessage());
            return ExitCode.SOFTWARE;
        }
        throw failure;
    }
}
