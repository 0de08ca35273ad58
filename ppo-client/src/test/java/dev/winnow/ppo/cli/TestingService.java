package dev.winnow.ppo.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The packaged reward service in a process of its own, on free ports, with the shipped bundles. */
final class TestingService implements AutoCloseable {
    private static final Path JAR = Path.of("../reward-service/target/quarkus-app/quarkus-run.jar");
    private static final String READY = "Management interface listening on"; // the port that opens last

    private final int grpcPort = freePort();
    private final int managementPort = freePort();
    private final Process process;

    /**
     * Returns once the service is ready and all its ports are open.
     *
     * @param options more options of Java
     */
    TestingService(String... options) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "--enable-native-access=ALL-UNNAMED",
                "-Dquarkus.grpc.server.port=" + grpcPort,
                "-Dquarkus.http.port=0",
                "-Dquarkus.management.port=" + managementPort,
                "-Dwinnow.bundles=../reward-models/bundles"));
        command.addAll(List.of(options));
        command.addAll(List.of("-jar", JAR.toString()));
        process = new ProcessBuilder(command).redirectErrorStream(true).start();
        BufferedReader log =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        StringBuilder seen = new StringBuilder();
        for (String line = log.readLine(); ; line = log.readLine()) {
            if (line == null) {
                throw new IOException("the service ended before it was ready:\n" + seen);
            }
            seen.append(line).append('\n');
            if (line.contains(READY)) {
                break;
            }
        }
        Thread.ofVirtual().start(() -> drain(log));
    }

    /** Reads on, or the service would stop at a full pipe. */
    private static void drain(BufferedReader log) {
        try {
            log.transferTo(Writer.nullWriter());
        } catch (IOException e) {
            // The process was ended, and its pipe with it.
        }
    }

    String target() {
        return "localhost:" + grpcPort;
    }

    /** Body of a page of the management port. */
    String management(String path) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            URI uri = URI.create("http://localhost:" + managementPort + path);
            return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                    .body();
        }
    }

    /** Asks the service to stop, as an orchestrator does. */
    void terminate() {
        process.destroy();
    }

    /** The exit status, once the service has stopped. */
    int awaitExit() throws InterruptedException {
        return process.waitFor();
    }

    @Override
    public void close() {
        try {
            process.destroy();
            if (!process.waitFor(1, TimeUnit.MINUTES)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException("no free port", e);
        }
    }
}
