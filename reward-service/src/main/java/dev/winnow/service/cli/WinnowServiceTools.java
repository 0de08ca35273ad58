package dev.winnow.service.cli;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.FileSystemException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;

/**
 * Tools that use the service's own code without a server. They exit with 0 on success, 1 where the input cannot be read
 * and 2 where the command line is wrong; messages go to standard error.
 */
@Command(
        name = "winnow",
        description = "Tools that need no running service.",
        subcommands = {SegmentCommand.class, NearestCommand.class, SegmentAgreementCommand.class})
public final class WinnowServiceTools {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Show this help.")
    @SuppressWarnings("unused") // picocli acts on it.
    private boolean help;

    private WinnowServiceTools() {}

    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new WinnowServiceTools())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler(WinnowServiceTools::explain);
    }

    /** Input that cannot be read is the user's to mend and needs no stack trace; anything else is a bug and has one. */
    private static int explain(Exception failure, CommandLine command, ParseResult arguments) throws Exception {
        String message = switch (failure) {
            case FileSystemException file -> "cannot open " + file.getMessage();
            case CharacterCodingException malformed -> "the input is not UTF-8: " + malformed.getMessage();
            case IOException unreadable -> unreadable.getMessage();
            default -> throw failure;
        };
        command.getErr().println(command.getCommandSpec().qualifiedName() + ": " + message);
        return CommandLine.ExitCode.SOFTWARE;
    }
}
