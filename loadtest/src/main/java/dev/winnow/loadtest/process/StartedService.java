package dev.winnow.loadtest.process;

import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The packaged service in a process of its own, on free ports, with the flags of {@code ./winnow serve}. */
public final class StartedService implements RewardService {
    private static final String READY = "Management interface listening on"; // the port that opens last
    private static final String NOT_READY = "not ready:";

    private final LineProcess process;
    private final RunningService service;

    private StartedService(LineProcess process, RunningService service) {
        this.process = process;
        this.service = service;
    }

    /**
     * Starts a service and returns once it says that it is ready.
     *
     * @param jar {@code quarkus-run.jar}
     * @param settings of the service, by key
     * @param errors where the process says what went wrong, beside its log
     */
    public static StartedService start(Path jar, Path bundles, Map<String, String> settings, File errors)
            throws IOException {
        int grpcPort = freePort();
        int managementPort = freePort();
        List<String> arguments = new ArrayList<>(List.of(
                "-Dquarkus.grpc.server.port=" + grpcPort,
                "-Dquarkus.http.port=0",
                "-Dquarkus.management.port=" + managementPort,
                "-Dwinnow.bundles=" + bundles.toAbsolutePath()));
        settings.forEach((key, value) -> arguments.add("-D" + key + "=" + value));
        arguments.addAll(List.of("-jar", jar.toString()));
        LineProcess process = LineProcess.java(arguments, errors);
        try {
            awaitReady(process);
        } catch (IOException e) {
            process.close();
            throw new IOException(e.getMessage() + Files.readString(errors.toPath()), e);
        }
        process.forgetOutput();
        RunningService service = new RunningService("localhost:" + grpcPort, "localhost:" + managementPort);
        service.awaitMetrics();
        return new StartedService(process, service);
    }

    private static void awaitReady(LineProcess process) throws IOException {
        StringBuilder seen = new StringBuilder();
        String line = "";
        while (!line.contains(READY)) {
            if (line.contains(NOT_READY)) {
                throw new IOException("the service is not ready:\n" + seen);
            }
            try {
                line = process.readLine();
            } catch (IOException e) {
                throw new IOException("the service ended before it was ready:\n" + seen, e);
            }
            seen.append(line).append('\n');
        }
    }

    @Override
    public String target() {
        return service.target();
    }

    @Override
    public Metrics metrics() throws IOException {
        return service.metrics();
    }

    @Override
    public Optional<ProcessHandle> process() {
        return Optional.of(process.handle());
    }

    /** Ends the process at once, as a crash would. */
    public void kill() throws InterruptedException {
        process.kill();
    }

    @Override
    public void close() {
        process.close();
        service.close();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
