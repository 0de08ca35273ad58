package dev.winnow.loadtest.bare;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.winnow.loadtest.bundle.Bundle;
import dev.winnow.loadtest.process.LineProcess;
import dev.winnow.loadtest.process.ProcessFigures;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;

/** Bare ONNX Runtime in a process of its own, so that its CPU time is its own too. Not thread-safe. */
public final class BareProcess implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final LineProcess process;

    private BareProcess(LineProcess process) {
        this.process = process;
    }

    /**
     * Starts a process and returns once its model is loaded.
     *
     * @param bundle with an input of special tokens and the response alone
     * @param errors where the process says what went wrong
     */
    public static BareProcess start(Bundle bundle, File errors) throws IOException {
        LineProcess process = LineProcess.java(
                List.of(
                        "-Dslf4j.internal.verbosity=ERROR",
                        "-cp",
                        System.getProperty("java.class.path"),
                        BareMain.class.getName(),
                        bundle.folder().toString(),
                        bundle.input()),
                errors);
        try {
            process.readLine();
        } catch (IOException e) {
            process.close();
            throw new IOException(
                    "bare ONNX Runtime: %s\n%s".formatted(e.getMessage(), Files.readString(errors.toPath())), e);
        }
        return new BareProcess(process);
    }

    /** Hands texts over for the next run. */
    public void load(List<String> texts) throws IOException {
        process.writeLine(JSON.writeValueAsString(texts));
        process.readLine();
    }

    /** Runs the texts of the last {@link #load}, once. */
    public BareRun run(int threads) throws IOException {
        process.writeLine(Integer.toString(threads));
        return JSON.readValue(process.readLine(), BareRun.class);
    }

    /** Returns the CPU time of the process so far. */
    public Duration cpuTime() {
        return ProcessFigures.cpuTime(process.handle());
    }

    @Override
    public void close() {
        process.close();
    }
}
