package dev.winnow.service.batch;

import dev.winnow.service.domain.Failure;
import dev.winnow.service.domain.FailureException;
import dev.winnow.service.domain.Lifetime;
import dev.winnow.service.domain.WorkEvents;
import dev.winnow.service.model.Logits;
import dev.winnow.service.model.ModelRunner;
import dev.winnow.service.model.TokenRow;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs rows on the CPU: oldest first, each alone and without padding, on one thread a core. Equal rows of one model that
 * are in flight at the same time run once. A row that nobody wants any more when its turn comes does not run.
 *
 * <p>The queue is bounded by the admission of the samples that its rows come from. Thread-safe.
 */
public final class RowScheduler implements AutoCloseable {
    private final LongSupplier nanoClock;
    private final WorkEvents events;
    private final Deque<Job> queue = new ArrayDeque<>();
    private final Map<JobKey, Job> inFlight = new HashMap<>();
    private final List<Thread> workers = new ArrayList<>();
    private boolean closed;

    private record JobKey(ModelRunner runner, TokenRow row) {}

    private record Waiter(Lifetime lifetime, CompletableFuture<Logits> future) {}

    /** One run and all who wait for it. Guarded by the scheduler. */
    private record Job(JobKey key, List<Waiter> waiters, long queuedAt) {}

    /** Starts {@code threads} workers. */
    public RowScheduler(int threads, LongSupplier nanoClock, WorkEvents events) {
        if (threads < 1) {
            throw new IllegalArgumentException("threads: %d (expected: >= 1)".formatted(threads));
        }
        this.nanoClock = nanoClock;
        this.events = events;
        for (int index = 0; index < threads; index++) {
            workers.add(
                    Thread.ofPlatform().name("model-worker-" + index).daemon().start(this::work));
        }
    }

    /**
     * Queues a row.
     *
     * @return the row's logits; or {@link FailureException} if its lifetime ended before it ran, or what the run threw
     */
    public synchronized CompletableFuture<Logits> submit(ModelRunner runner, TokenRow row, Lifetime lifetime) {
        CompletableFuture<Logits> future = new CompletableFuture<>();
        if (closed) {
            future.completeExceptionally(closedFailure());
            return future;
        }
        JobKey key = new JobKey(runner, row);
        Job job = inFlight.get(key);
        if (job == null) {
            job = new Job(key, new ArrayList<>(), nanoClock.getAsLong());
            inFlight.put(key, job);
            queue.add(job);
            notifyAll();
        } else {
            events.rowShared();
        }
        job.waiters().add(new Waiter(lifetime, future));
        return future;
    }

    /** Rows that wait for a worker. */
    public synchronized int queued() {
        return queue.size();
    }

    /** Whether every worker is there to run rows. */
    public boolean isAlive() {
        return workers.stream().allMatch(Thread::isAlive);
    }

    /** Stops: what waits fails, what runs ends. Returns when no model is running any more, so that it can be closed. */
    @Override
    public void close() {
        List<Job> dropped;
        synchronized (this) {
            closed = true;
            dropped = new ArrayList<>(queue);
            queue.clear();
            dropped.forEach(job -> inFlight.remove(job.key()));
            notifyAll();
        }
        dropped.forEach(job -> job.waiters().forEach(waiter -> waiter.future().completeExceptionally(closedFailure())));
        workers.forEach(RowScheduler::joinUninterruptibly);
    }

    private static void joinUninterruptibly(Thread worker) {
        boolean interrupted = false;
        while (worker.isAlive()) {
            try {
                worker.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void work() {
        for (Job job = next(); job != null; job = next()) {
            run(job);
        }
    }

    private synchronized @Nullable Job next() {
        while (queue.isEmpty() && !closed) {
            try {
                wait();
            } catch (InterruptedException e) {
                return null;
            }
        }
        return queue.poll();
    }

    /** Answers the waiters whose lifetime has ended; whether any is left. */
    private boolean dropEnded(Job job) {
        Map<Waiter, Failure> ended = new HashMap<>();
        boolean wanted;
        synchronized (this) {
            for (Waiter waiter : job.waiters()) {
                Failure failure = waiter.lifetime().ended();
                if (failure != null) {
                    ended.put(waiter, failure);
                }
            }
            job.waiters().removeAll(ended.keySet());
            wanted = !job.waiters().isEmpty();
            if (!wanted) {
                inFlight.remove(job.key());
            }
        }
        ended.forEach((waiter, failure) -> waiter.future().completeExceptionally(new FailureException(failure)));
        return wanted;
    }

    private void run(Job job) {
        try {
            if (!dropEnded(job)) {
                return;
            }
            long startedAt = nanoClock.getAsLong();
            Logits logits = job.key().runner().run(job.key().row());
            events.rowRun(job.key().row().width(), startedAt - job.queuedAt(), nanoClock.getAsLong() - startedAt);
            finish(job).forEach(waiter -> waiter.future().complete(logits));
        } catch (Throwable e) {
            // Whatever it is, the waiters must hear of it and the worker must live on.
            finish(job).forEach(waiter -> waiter.future().completeExceptionally(e));
        }
    }

    private synchronized List<Waiter> finish(Job job) {
        inFlight.remove(job.key());
        return List.copyOf(job.waiters());
    }

    private static FailureException closedFailure() {
        return new FailureException(new Failure.Unavailable("service: stopped (expected: serving)"));
    }
}
