package dev.winnow.service.loading;

import dev.winnow.service.domain.Failure;
import dev.winnow.service.domain.FailureException;
import dev.winnow.service.domain.Lifetime;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * The one thread that loads and unloads bundles, one at a time, beside those that serve: on request, and as the folder
 * changes. Thread-safe.
 */
public final class LoadingThread implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(LoadingThread.class);

    private final Bundles bundles;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("bundle-loader").daemon().factory());
    private volatile boolean stopping;

    public LoadingThread(Bundles bundles) {
        this.bundles = bundles;
    }

    /** Goes through the folder; completed when every bundle was loaded or refused. */
    public CompletableFuture<Void> scan() {
        return CompletableFuture.runAsync(bundles::scan, thread);
    }

    /** Goes through the folder again and again, from one interval on after the last time ended. */
    public void scanEvery(Duration interval) {
        var _ = thread.scheduleWithFixedDelay(
                this::scanAndLiveOn, interval.toNanos(), interval.toNanos(), TimeUnit.NANOSECONDS);
    }

    /**
     * Loads a version in its turn.
     *
     * @param version {@code NAME/VERSION}
     * @param lifetime of the request; one that ended before its turn does nothing
     * @return what became of it; or {@link FailureException} if there is no such version in the folder
     */
    public CompletableFuture<BundleVersion> load(String version, Lifetime lifetime) {
        return inTurn(() -> bundles.load(version), lifetime);
    }

    /**
     * Takes a version out of service, in its turn.
     *
     * @param version {@code NAME/VERSION}
     * @param force whether the last version of a required bundle may be unloaded
     * @param lifetime of the request; one that ended before its turn does nothing
     * @return what became of it; or {@link FailureException} if there is no such version, or it is needed
     */
    public CompletableFuture<BundleVersion> unload(String version, boolean force, Lifetime lifetime) {
        return inTurn(() -> bundles.unload(version, force), lifetime);
    }

    /** Loads and unloads no more; what is under way ends by itself. */
    @Override
    public void close() {
        stopping = true;
        thread.shutdown();
    }

    /**
     * Waits, once closed, until nothing is under way.
     *
     * @throws TimeoutException where that takes longer
     */
    public void awaitEnd(Duration longest) throws InterruptedException, TimeoutException {
        if (!thread.awaitTermination(longest.toNanos(), TimeUnit.NANOSECONDS)) {
            throw new TimeoutException("a bundle is still being loaded");
        }
    }

    private CompletableFuture<BundleVersion> inTurn(Supplier<BundleVersion> work, Lifetime lifetime) {
        try {
            return CompletableFuture.supplyAsync(
                    () -> {
                        Failure ended = stopping ? stoppingFailure() : lifetime.ended();
                        if (ended != null) {
                            throw new FailureException(ended);
                        }
                        return work.get();
                    },
                    thread);
        } catch (RejectedExecutionException e) {
            return CompletableFuture.failedFuture(new FailureException(stoppingFailure()));
        }
    }

    /** Whatever goes wrong once must not be the end of all scans. */
    private void scanAndLiveOn() {
        try {
            bundles.scan();
        } catch (RuntimeException | Error e) {
            LOG.errorf(e, "the bundles folder could not be gone through; trying again");
        }
    }

    private static Failure stoppingFailure() {
        return new Failure.Unavailable("service: draining (expected: serving)");
    }
}
