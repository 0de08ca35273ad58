package dev.winnow.service.batch;

import dev.winnow.service.domain.Call;
import dev.winnow.service.domain.Caller;
import dev.winnow.service.domain.Failure;
import dev.winnow.service.domain.FailureException;
import dev.winnow.service.domain.Registration;
import dev.winnow.service.domain.Stage;
import dev.winnow.service.domain.Throughput;
import dev.winnow.service.domain.Timer;
import dev.winnow.service.domain.WorkEvents;
import dev.winnow.service.model.Logits;
import dev.winnow.service.model.ModelFailedException;
import dev.winnow.service.model.ModelRunner;
import dev.winnow.service.model.TokenRow;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Runs rows on a device: callers in turn, each caller's oldest first, together as the policy says. Equal rows of one model
 * that are in flight at the same time run once. A row that nobody wants any more leaves the queue; a run that nobody wants
 * any more is stopped.
 *
 * <p>The queue is bounded by the admission of the samples that its rows come from. Thread-safe.
 */
public final class RowScheduler implements AutoCloseable {
    private final Settings settings;
    private final Timer timer;
    private final LongSupplier nanoClock;
    private final Throughput throughput;
    private final WorkEvents events;
    private final RowQueue queue;
    private final Map<Job.Key, Job> inFlight = new HashMap<>();
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private final List<Thread> workers;
    private int idle;
    private boolean closed;

    /**
     * What suits the device.
     *
     * @param workers threads that run models
     * @param maximumRunTime after which a run is stopped, whoever still waits
     */
    public record Settings(int workers, BatchPolicy policy, Duration maximumRunTime) {
        public Settings {
            if (workers < 1) {
                throw new IllegalArgumentException("workers: %d (expected: >= 1)".formatted(workers));
            }
        }
    }

    /** Starts the workers. */
    public RowScheduler(
            Settings settings, Timer timer, LongSupplier nanoClock, Throughput throughput, WorkEvents events) {
        this.settings = settings;
        this.timer = timer;
        this.nanoClock = nanoClock;
        this.throughput = throughput;
        this.events = events;
        this.queue = new RowQueue(settings.policy());
        this.workers = IntStream.range(0, settings.workers())
                .mapToObj(index -> Thread.ofPlatform()
                        .name("model-worker-" + index)
                        .daemon()
                        .unstarted(this::work))
                .toList();
        workers.forEach(Thread::start);
    }

    /**
     * Queues a row.
     *
     * @param call whose lifetime is the row's own and short: it is listened to until it is forgotten
     * @return the row's logits; or {@link FailureException} if the lifetime ends first, or what the run threw
     */
    public CompletableFuture<Logits> submit(ModelRunner runner, TokenRow row, Call call) {
        Job.Waiter waiter = new Job.Waiter(call.caller());
        Job job;
        synchronized (this) {
            if (closed) {
                return CompletableFuture.failedFuture(closedFailure());
            }
            job = join(new Job.Key(runner, row), call.caller());
            job.waiters.add(waiter);
        }
        var _ = call.lifetime().whenEnded(reason -> leave(job, waiter, reason));
        return waiter.future;
    }

    /**
     * Has an idle worker do a short task that makes a row and submits it. The worker then runs the row itself, which saves
     * waking another thread.
     *
     * @param task must not throw
     * @return whether a worker is idle; else nothing is done
     */
    public synchronized boolean offer(Runnable task) {
        if (closed || idle <= queue.size() + tasks.size()) {
            return false;
        }
        tasks.add(task);
        notify();
        return true;
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
        List<Job.Waiter> dropped = new ArrayList<>();
        synchronized (this) {
            closed = true;
            for (List<Job> jobs = queue.poll(); !jobs.isEmpty(); jobs = queue.poll()) {
                jobs.forEach(job -> dropped.addAll(finish(job)));
            }
            notifyAll();
        }
        dropped.forEach(waiter -> waiter.future.completeExceptionally(closedFailure()));
        workers.forEach(Threads::joinUninterruptibly);
    }

    private Job join(Job.Key key, Caller caller) {
        Job job = inFlight.get(key);
        if (job != null) {
            events.rowShared();
            if (job.run == null) {
                queue.join(job, caller);
            }
            return job;
        }
        Job added = new Job(key, nanoClock.getAsLong());
        inFlight.put(key, added);
        queue.add(added, caller);
        // A worker that submits takes the next row itself, without being woken.
        if (queue.size() > 1 || !workers.contains(Thread.currentThread())) {
            notify();
        }
        return added;
    }

    /** One does not wait any more; the last one takes the row along. */
    private void leave(Job job, Job.Waiter waiter, Failure reason) {
        Run unwanted = null;
        synchronized (this) {
            if (!job.waiters.remove(waiter)) {
                return;
            }
            if (job.waiters.isEmpty()) {
                unwanted = drop(job, reason);
            } else if (job.waiters.stream().noneMatch(other -> other.caller.equals(waiter.caller))) {
                queue.leave(job, waiter.caller);
            }
        }
        if (unwanted != null) {
            unwanted.lifetime.end(reason);
        }
        waiter.future.completeExceptionally(new FailureException(reason));
    }

    /** Nobody wants the row; the run that it leaves without a wanted row, if any. */
    private @Nullable Run drop(Job job, Failure reason) {
        inFlight.remove(job.key, job);
        Run run = job.run;
        events.workDropped(run == null ? Stage.QUEUE : Stage.RUN, reason);
        if (run == null) {
            queue.drop(job);
            return null;
        }
        run.wanted--;
        return run.wanted == 0 ? run : null;
    }

    private void work() {
        for (Runnable work = next(); work != null; work = next()) {
            work.run();
        }
    }

    /** What to do next; null when it is time to stop. Tasks come first: they are short, and no caller's turn. */
    private synchronized @Nullable Runnable next() {
        while (true) {
            Runnable task = tasks.poll();
            if (task != null) {
                return task;
            }
            List<Job> jobs = queue.poll();
            if (!jobs.isEmpty()) {
                Run run = new Run(jobs);
                return () -> execute(run);
            }
            if (closed) {
                return null;
            }
            idle++;
            try {
                wait();
            } catch (InterruptedException e) {
                return null;
            } finally {
                idle--;
            }
        }
    }

    private void execute(Run run) {
        try {
            List<Logits> logits = runWatched(run);
            for (int index = 0; index < run.jobs.size(); index++) {
                Logits own = logits.get(index);
                finish(run.jobs.get(index)).forEach(waiter -> waiter.future.complete(own));
            }
        } catch (Throwable e) {
            // Whatever it is, the waiters must hear of it and the worker must live on.
            Throwable cause = tooLong().equals(run.lifetime.ended())
                    ? new ModelFailedException(tooLong().message(), e)
                    : e;
            run.jobs.forEach(job -> finish(job).forEach(waiter -> waiter.future.completeExceptionally(cause)));
        }
    }

    private List<Logits> runWatched(Run run) {
        long startedAt = nanoClock.getAsLong();
        run.jobs.forEach(job -> events.rowStarted(startedAt - job.queuedAt));
        Registration watchdog = timer.after(settings.maximumRunTime(), () -> run.lifetime.end(tooLong()));
        try {
            List<Logits> logits = run.runner().run(run.rows(), run.lifetime);
            long nanos = nanoClock.getAsLong() - startedAt;
            throughput.ran(run.tokens(), nanos);
            events.batchRun(run.runner().name(), run.jobs.size(), run.width(), run.tokens(), nanos);
            return logits;
        } finally {
            watchdog.close();
        }
    }

    private synchronized List<Job.Waiter> finish(Job job) {
        inFlight.remove(job.key, job);
        List<Job.Waiter> waiters = List.copyOf(job.waiters);
        job.waiters.clear();
        return waiters;
    }

    private Failure tooLong() {
        return new Failure.Internal("run: not done after %s (expected: done)".formatted(settings.maximumRunTime()));
    }

    private static FailureException closedFailure() {
        return new FailureException(new Failure.Unavailable("service: stopped (expected: serving)"));
    }
}
