package dev.winnow.loadtest.load;

import dev.winnow.loadtest.statistics.Latencies;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Makes an empty call now and then, beside a load, over a connection of its own. */
public final class EchoProbe implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofMillis(50);

    private final Client client;
    private final Latencies latencies = new Latencies();
    private final Thread thread;
    private volatile boolean isStopping;
    private volatile @Nullable StatusRuntimeException failure;

    /**
     * Starts.
     *
     * @param client ends with the probe
     */
    public EchoProbe(Client client) {
        this.client = client;
        this.thread = Thread.ofPlatform().name("echo-probe").daemon().start(this::probe);
    }

    private void probe() {
        try {
            while (true) {
                latencies.add(client.echoNanos());
                Thread.sleep(PAUSE);
            }
        } catch (InterruptedException e) {
            // Asked to stop.
        } catch (StatusRuntimeException e) {
            // Asked to stop in a call, or the call failed.
            failure = isStopping ? null : e;
        }
    }

    public Latencies latencies() {
        return latencies;
    }

    /**
     * Stops.
     *
     * @throws IllegalStateException where a call had failed
     */
    @Override
    public void close() throws InterruptedException {
        isStopping = true;
        thread.interrupt();
        thread.join();
        client.close();
        if (failure != null) {
            throw new IllegalStateException("an empty call failed under load", failure);
        }
    }
}
