package dev.winnow.loadtest.drill;

import dev.winnow.loadtest.process.StartedService;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** One address of the service, whatever happens to the process behind it. Not thread-safe. */
final class Replica implements AutoCloseable {
    /** Starts a process of the service on some bundles. */
    interface Starter {
        StartedService start(Path bundles) throws IOException;
    }

    private final Starter starter;
    private final Path bundles;
    private final Proxy network = new Proxy();
    private @Nullable StartedService service;

    /**
     * Makes a replica that is not started.
     *
     * @param bundles a folder of its own
     */
    Replica(Starter starter, Path bundles) throws IOException {
        this.starter = starter;
        this.bundles = bundles;
    }

    Path bundles() {
        return bundles;
    }

    Proxy network() {
        return network;
    }

    /** Returns its process. */
    StartedService service() {
        if (service == null) {
            throw new IllegalStateException("replica: stopped (expected: started)");
        }
        return service;
    }

    /** Starts a process and returns once it is ready. */
    void start() throws IOException {
        service = starter.start(bundles);
        String target = service.target();
        network.leadTo(Integer.parseInt(target.substring(target.lastIndexOf(':') + 1)));
    }

    /** Ends the process politely, which drains it. */
    void stop() {
        service().close();
        service = null;
    }

    /** Ends the process at once. */
    void kill() throws InterruptedException {
        service().kill();
        service().close();
        service = null;
    }

    /** Lets the process stand still, with all its connections. */
    void suspend() throws IOException, InterruptedException {
        signal("STOP");
    }

    /** Lets it go on. */
    void resume() throws IOException, InterruptedException {
        signal("CONT");
    }

    private void signal(String name) throws IOException, InterruptedException {
        long pid = service().process().orElseThrow().pid();
        int status = new ProcessBuilder("kill", "-" + name, Long.toString(pid))
                .start()
                .waitFor();
        if (status != 0) {
            throw new IOException("kill -%s %d: status %d (expected: 0)".formatted(name, pid, status));
        }
    }

    @Override
    public void close() throws IOException {
        if (service != null) {
            service.close();
        }
        network.close();
    }
}
