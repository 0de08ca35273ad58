package dev.winnow.loadtest.load;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The calls of one load that have no answer yet. Calls are started by one thread. */
final class CallsInFlight {
    private final int most;
    private final Semaphore room;
    private final AtomicReference<@Nullable Throwable> bug = new AtomicReference<>();

    /**
     * Creates a load.
     *
     * @param most how many calls may be in flight at once
     */
    CallsInFlight(int most) {
        this.most = most;
        this.room = new Semaphore(most);
    }

    /** Waits until one more call may start. */
    void awaitRoom() throws InterruptedException {
        room.acquire();
        room.release();
    }

    /** Counts a call; only where there is room. */
    void start(CompletableFuture<Answer> call, Consumer<Answer> observer) throws InterruptedException {
        room.acquire();
        var _ = call.thenAccept(observer).whenComplete((done, failure) -> {
            if (failure != null) {
                bug.compareAndSet(null, failure);
            }
            room.release();
        });
    }

    /**
     * Waits until every call has its answer.
     *
     * @throws IllegalStateException where the observer threw
     */
    void awaitAll() throws InterruptedException {
        room.acquire(most);
        if (bug.get() != null) {
            throw new IllegalStateException("an answer could not be taken in", bug.get());
        }
    }
}
