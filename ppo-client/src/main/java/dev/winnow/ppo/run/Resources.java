package dev.winnow.ppo.run;

import java.util.ArrayDeque;
import java.util.Deque;

/** What is closed together, the last first. Not thread-safe. */
final class Resources implements AutoCloseable {
    private final Deque<Closing> opened = new ArrayDeque<>();

    /** Closes something; throws nothing that is checked. */
    interface Closing {
        void close();
    }

    void add(Closing resource) {
        opened.push(resource);
    }

    @Override
    public void close() {
        while (!opened.isEmpty()) {
            opened.pop().close();
        }
    }
}
