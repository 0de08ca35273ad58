package dev.winnow.loadtest.process;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** A service that somebody else has started. */
public final class RunningService implements RewardService {
    private static final int ATTEMPTS = 600;
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final String target;
    private final URI metrics;
    private final HttpClient http = HttpClient.newHttpClient();

    /**
     * Creates a service.
     *
     * @param target {@code HOST:PORT} of gRPC
     * @param management {@code HOST:PORT} of its metrics
     */
    public RunningService(String target, String management) {
        this.target = target;
        this.metrics = URI.create("http://" + management + "/q/metrics");
    }

    @Override
    public String target() {
        return target;
    }

    @Override
    public Metrics metrics() throws IOException {
        try {
            HttpRequest request = HttpRequest.newBuilder(metrics).build();
            return Metrics.parse(
                    http.send(request, HttpResponse.BodyHandlers.ofString()).body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("metrics");
        }
    }

    /** Waits until the management port, which opens last, takes calls. */
    void awaitMetrics() throws IOException {
        for (int attempt = 0; ; attempt++) {
            try {
                metrics();
                return;
            } catch (ConnectException e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
    }

    @Override
    public Optional<ProcessHandle> process() {
        return Optional.empty();
    }

    @Override
    public void close() {
        http.close();
    }
}
