package dev.winnow.loadtest.process;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A Java process of our own, whose lines are read. */
public final class LineProcess implements AutoCloseable {
    private static final List<String> JAVA = List.of(
            ProcessHandle.current().info().command().orElse("java"),
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow");

    private final Process process;
    private final BufferedReader out;

    private LineProcess(Process process) {
        this.process = process;
        this.out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** Starts Java with these arguments; what it says on standard error goes to a file. */
    public static LineProcess java(List<String> arguments, File errors) throws IOException {
        List<String> command = new ArrayList<>(JAVA);
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors);
        // As the launcher: ONNX Runtime 1.29 sends telemetry, and crashes over a long command line while it does.
        builder.environment().put("ORT_DISABLE_TELEMETRY", "1");
        return new LineProcess(builder.start());
    }

    public ProcessHandle handle() {
        return process.toHandle();
    }

    /**
     * Reads the next line.
     *
     * @throws IOException where the process has ended
     */
    public String readLine() throws IOException {
        String line = out.readLine();
        if (line == null) {
            throw new IOException("process ended with status %d (expected: a line of it)"
                    .formatted(process.onExit().join().exitValue()));
        }
        return line;
    }

    /** Writes a line. */
    public void writeLine(String line) throws IOException {
        process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
    }

    /** Reads on and forgets what is read: a process stops at a full pipe. */
    public void forgetOutput() {
        Thread.ofVirtual().start(() -> {
            try {
                out.transferTo(Writer.nullWriter());
            } catch (IOException e) {
                // The process has ended.
            }
        });
    }

    /** Ends the process at once, as a crash would, and waits for it. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Asks the process to end, and ends it where it does not within a minute. */
    @Override
    public void close() {
        try {
            process.destroy();
            if (!process.waitFor(1, TimeUnit.MINUTES)) {
                kill();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
