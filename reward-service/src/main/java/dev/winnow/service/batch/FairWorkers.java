package dev.winnow.service.batch;

import dev.winnow.service.domain.Caller;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A fixed number of threads that do tasks, shared evenly among callers. The queue is bounded by the admission of what its
 * tasks come from. Thread-safe.
 */
public final class FairWorkers implements AutoCloseable {
    private final Helper helper;
    private final FairQueue<Task> queue = new FairQueue<>();
    private final List<Thread> threads = new ArrayList<>();
    private boolean closed;

    /** Whoever may have the time for a task just now. */
    @FunctionalInterface
    public interface Helper {
        /** Takes a task, which is then as good as done; or does not. */
        boolean take(int cost, Runnable action);
    }

    /** Has an identity: the same action may wait twice. */
    private static final class Task {
        private final Runnable action;

        Task(Runnable action) {
            this.action = action;
        }
    }

    /**
     * Starts {@code count} threads.
     *
     * @param helper is asked first where nothing waits
     */
    public FairWorkers(String name, int count, Helper helper) {
        this.helper = helper;
        for (int index = 0; index < count; index++) {
            threads.add(Thread.ofPlatform().name(name + "-" + index).daemon().start(this::work));
        }
    }

    /** Has {@code action}, which must not throw, done in its caller's turn; in this thread once closed. */
    public void execute(Caller caller, int cost, Runnable action) {
        synchronized (this) {
            if (!closed) {
                if (queue.size() > 0 || !helper.take(cost, action)) {
                    queue.add(caller, cost, new Task(action));
                    notify();
                }
                return;
            }
        }
        action.run();
    }

    /** Does what waits, then stops. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        threads.forEach(Threads::joinUninterruptibly);
    }

    private void work() {
        for (Task task = next(); task != null; task = next()) {
            task.action.run();
        }
    }

    private synchronized @Nullable Task next() {
        FairQueue.Turn<Task> turn = queue.next();
        while (turn == null && !closed) {
            try {
                wait();
            } catch (InterruptedException e) {
                return null;
            }
            turn = queue.next();
        }
        if (turn == null) {
            return null;
        }
        queue.take(turn);
        return turn.item();
    }
}
