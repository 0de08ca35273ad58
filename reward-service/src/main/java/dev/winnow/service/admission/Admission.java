package dev.winnow.service.admission;

import dev.winnow.service.domain.Failure;
import dev.winnow.service.domain.FailureException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Bounds the tokens in flight. A sample counts as its bytes until it is tokenised, then as its tokens. Thread-safe.
 *
 * <p>Calls are refused at the limit, streams wait their turn; while a stream waits no call overtakes it.
 */
public final class Admission {
    private final long limit;
    private final Duration retryAfter;
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private long inFlight;
    private int permits;
    private boolean draining;

    private record Waiting(long cost, CompletableFuture<Permit> future) {}

    /**
     * Starts empty.
     *
     * @param limit most tokens in flight
     * @param retryAfter what a refused caller is told to wait
     */
    public Admission(long limit, Duration retryAfter) {
        if (limit < 1) {
            throw new IllegalArgumentException("limit: %d (expected: >= 1)".formatted(limit));
        }
        this.limit = limit;
        this.retryAfter = retryAfter;
    }

    /**
     * Admits all or none, at once.
     *
     * @return one permit for each cost
     * @throws FailureException if there is no room, or the service is draining
     */
    public synchronized List<Permit> acquire(List<Integer> costs) {
        if (draining) {
            throw drainingFailure();
        }
        long total = costs.stream().mapToLong(Integer::longValue).sum();
        dropCancelled();
        if (!waiting.isEmpty() || !fits(total)) {
            throw new FailureException(new Failure.Overloaded(
                    "in flight: %d tokens, and %d more asked for (expected: at most %d in all)"
                            .formatted(inFlight, total, limit),
                    retryAfter));
        }
        List<Permit> granted = new ArrayList<>(costs.size());
        for (int cost : costs) {
            granted.add(grant(cost));
        }
        return granted;
    }

    /**
     * Admits as soon as there is room, in the order of asking. Cancelling the future gives the place up.
     *
     * @return the permit, or {@link FailureException} if the service is draining
     */
    public synchronized CompletableFuture<Permit> acquireInTurn(int cost) {
        if (draining) {
            return CompletableFuture.failedFuture(drainingFailure());
        }
        dropCancelled();
        if (waiting.isEmpty() && fits(cost)) {
            return CompletableFuture.completedFuture(grant(cost));
        }
        Waiting place = new Waiting(cost, new CompletableFuture<>());
        waiting.add(place);
        return place.future();
    }

    /** Tokens in flight now, or the bound by bytes of what is not tokenised yet. */
    public synchronized long inFlight() {
        return inFlight;
    }

    public long limit() {
        return limit;
    }

    public synchronized boolean isDraining() {
        return draining;
    }

    /** From now on admits nothing; what is in flight goes on, what waits is refused. */
    public void drain() {
        List<Waiting> refused;
        synchronized (this) {
            draining = true;
            refused = new ArrayList<>(waiting);
            waiting.clear();
        }
        refused.forEach(place -> place.future().completeExceptionally(drainingFailure()));
    }

    void release(long cost, boolean whole) {
        List<Runnable> admitted = new ArrayList<>();
        synchronized (this) {
            inFlight -= cost;
            permits -= whole ? 1 : 0;
            dropCancelled();
            for (Waiting next = waiting.peek(); next != null && fits(next.cost()); next = waiting.peek()) {
                waiting.remove();
                Permit permit = grant(next.cost());
                CompletableFuture<Permit> future = next.future();
                admitted.add(() -> {
                    if (!future.complete(permit)) {
                        permit.close();
                    }
                });
            }
        }
        // Outside the lock: what waits goes on in this thread.
        admitted.forEach(Runnable::run);
    }

    private void dropCancelled() {
        waiting.removeIf(place -> place.future().isDone());
    }

    /** What is larger than the limit by itself fits an idle service: it could not be served at all otherwise. */
    private boolean fits(long cost) {
        return inFlight + cost <= limit || permits == 0;
    }

    private Permit grant(long cost) {
        inFlight += cost;
        permits++;
        return new Permit(this, cost);
    }

    private static FailureException drainingFailure() {
        return new FailureException(
                new Failure.Unavailable("service: draining (expected: serving; another replica may take the call)"));
    }
}
