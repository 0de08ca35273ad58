package dev.winnow.ppo.cli;

import java.io.BufferedInputStream;
import java.io.BufferedWriter;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Where samples come from and results go. */
final class ScoreFiles {
    private static final String STANDARD = "-";

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec command;

    @Option(
            names = "--in",
            defaultValue = STANDARD,
            paramLabel = "FILE",
            description = "The samples; - for standard input, the default.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private String in;

    @Option(
            names = "--out",
            defaultValue = STANDARD,
            paramLabel = "FILE",
            description = "The results; - for standard output, the default.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private String out;

    /** Opens the samples. Their size is known only of a file, and only a person watches: only then is there a bar. */
    InputStream openInput() {
        if (in.equals(STANDARD)) {
            return new BufferedInputStream(new FileInputStream(FileDescriptor.in));
        }
        try {
            InputStream file = new BufferedInputStream(new FileInputStream(in));
            return Terminal.ERROR.isPresent() ? ProgressBar.wrap(file, progressBar()) : file;
        } catch (IOException e) {
            throw new ParameterException(command.commandLine(), "--in: " + e.getMessage(), e);
        }
    }

    /** Opens the results, which replace those of an earlier run. */
    Writer openOutput() {
        try {
            if (!in.equals(STANDARD) && Files.exists(Path.of(out)) && Files.isSameFile(Path.of(in), Path.of(out))) {
                String message = "--out: '%s' (expected: another file than --in)".formatted(out);
                throw new ParameterException(command.commandLine(), message);
            }
            FileOutputStream bytes =
                    out.equals(STANDARD) ? new FileOutputStream(FileDescriptor.out) : new FileOutputStream(out);
            return new BufferedWriter(new OutputStreamWriter(bytes, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new ParameterException(command.commandLine(), "--out: " + e.getMessage(), e);
        }
    }

    private ProgressBarBuilder progressBar() throws IOException {
        return new ProgressBarBuilder()
                .setTaskName("Scoring")
                .setInitialMax(Files.size(Path.of(in)))
                .setUnit(" MB", 1_000_000);
    }
}
