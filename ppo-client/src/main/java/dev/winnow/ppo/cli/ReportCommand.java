package dev.winnow.ppo.cli;

import dev.winnow.ppo.report.page.RunReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code winnow report}. */
@Command(
        name = "report",
        description = {
            "Writes the report of a run: RUN/report.html, one file with charts, samples and settings.",
            "The run may be going on, or have been killed. Prints where the report is."
        })
final class ReportCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec command;

    @Parameters(paramLabel = "RUN", description = "The folder of a run.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path folder;

    @Override
    public Integer call() throws UserFailure {
        PrintWriter out = command.commandLine().getOut();
        try {
            out.println(RunReport.write(folder));
        } catch (IOException e) {
            throw UserFailure.of(e);
        }
        out.flush();
        return ExitCode.OK;
    }
}
