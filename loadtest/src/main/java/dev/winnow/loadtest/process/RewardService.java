package dev.winnow.loadtest.process;

import java.io.IOException;
import java.util.Optional;

/** A reward service that is ready. */
public interface RewardService extends AutoCloseable {
    /** Returns where it takes calls, {@code HOST:PORT}. */
    String target();

    /** Asks for its metrics. */
    Metrics metrics() throws IOException;

    /** Returns the process, where it runs on this machine and was started by the load test. */
    Optional<ProcessHandle> process();

    @Override
    void close();
}
