package dev.winnow.loadtest.simulation;

import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** A place for a server: one that goes down is followed by a new one. Not thread-safe. */
final class Replica {
    private final Timeline timeline;
    private final Device device;
    private final long targetDelay;
    private final Usage usage;
    private @Nullable Server server;
    private int lives;

    /**
     * Creates one that is up.
     *
     * @param targetDelay of its admission, in nanoseconds
     */
    Replica(Timeline timeline, Device device, long targetDelay, Usage usage) {
        this.timeline = timeline;
        this.device = device;
        this.targetDelay = targetDelay;
        this.usage = usage;
        comeUp();
    }

    void comeUp() {
        server = new Server(timeline, device, targetDelay, usage);
        lives++;
    }

    /** What is in flight is lost. */
    void goDown() {
        Server lost = serving();
        server = null;
        lost.end();
    }

    boolean isUp() {
        return server != null;
    }

    /** Which of its servers is up; one that has gone takes its streams along. */
    int life() {
        return server == null ? 0 : lives;
    }

    /** Rows that are admitted or wait for it. */
    int rows() {
        return server == null ? 0 : server.rows();
    }

    /** Offers the rows of a call; returns as {@link Admission#admit} does. */
    OptionalLong offer(List<Row> rows) {
        return serving().offer(rows);
    }

    /** Offers a row of a stream; returns as {@link Admission#admitInTurn} does. */
    boolean offerInTurn(Row row, Runnable later) {
        return serving().offerInTurn(row, later);
    }

    private Server serving() {
        if (server == null) {
            throw new IllegalStateException("replica: down (expected: up)");
        }
        return server;
    }
}
