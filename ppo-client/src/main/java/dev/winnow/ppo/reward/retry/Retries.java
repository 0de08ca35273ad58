package dev.winnow.ppo.reward.retry;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.DoubleSupplier;

/**
 * Tries until there is an answer, a failure that will not pass, or no patience left: a time that begins with the first
 * failure. Thread-safe.
 */
public final class Retries {
    private final Duration patience;
    private final AtomicBoolean over;
    private final boolean notFoundPasses;
    private final Runnable beforeRetry;
    private final RetryCounters counters;
    private final Time time;
    private final DoubleSupplier random;

    /** What is tried; runs in the caller's thread. */
    @FunctionalInterface
    public interface Attempt<T> {
        /**
         * Tries once.
         *
         * @throws StatusRuntimeException where it fails; a delay that the server asks for is in its google.rpc.RetryInfo
         */
        T run() throws InterruptedException;
    }

    private Retries(
            Duration patience,
            AtomicBoolean over,
            boolean notFoundPasses,
            Runnable beforeRetry,
            RetryCounters counters,
            Time time,
            DoubleSupplier random) {
        this.patience = patience;
        this.over = over;
        this.notFoundPasses = notFoundPasses;
        this.beforeRetry = beforeRetry;
        this.counters = counters;
        this.time = time;
        this.random = random;
    }

    /**
     * Returns retries for failures that pass by themselves.
     *
     * @param patience how long after its first failure something may still be tried; zero: nothing is tried again
     * @param beforeRetry done before each try but a first one, such as connecting anew
     */
    public static Retries within(Duration patience, Runnable beforeRetry) {
        return within(
                patience,
                beforeRetry,
                Time.SYSTEM,
                () -> ThreadLocalRandom.current().nextDouble());
    }

    static Retries within(Duration patience, Runnable beforeRetry, Time time, DoubleSupplier random) {
        return new Retries(patience, new AtomicBoolean(), false, beforeRetry, new RetryCounters(time), time, random);
    }

    /** Returns the same for what some server has, though another may not have it yet. They count and end together. */
    public Retries whereNotFoundPasses() {
        return new Retries(patience, over, true, beforeRetry, counters, time, random);
    }

    /** Lets what fails from now on not be tried again. */
    public void end() {
        over.set(true);
    }

    /** Returns what all tries so far have taken. */
    public RetryStatistics statistics() {
        return counters.statistics();
    }

    /**
     * Tries until there is an answer.
     *
     * @throws StatusRuntimeException the last failure; where it might have passed with more patience, it says how long and
     *     how often it was tried
     */
    public <T> T run(Attempt<T> attempt) throws InterruptedException {
        Failures failures = new Failures();
        try {
            while (true) {
                try {
                    return attempt.run();
                } catch (StatusRuntimeException failure) {
                    time.sleep(failures.delayAfter(failure));
                    counters.countRetry();
                    beforeRetry.run();
                }
            }
        } finally {
            failures.end();
        }
    }

    private static String words(Duration duration) {
        return duration.toMinutes() > 0
                ? "%d min %d s".formatted(duration.toMinutes(), duration.toSecondsPart())
                : "%.1f s".formatted(duration.toMillis() / 1000.0);
    }

    /** The failures of one run. */
    private final class Failures {
        private int count;
        private long first;
        private boolean interrupting;

        Duration delayAfter(StatusRuntimeException failure) {
            long now = time.nanos();
            if (count == 0) {
                first = now;
            }
            count++;
            Duration delay = RetryDelay.after(failure, notFoundPasses, count, random.getAsDouble())
                    .orElseThrow(() -> failure);
            note(failure);
            Duration trying = Duration.ofNanos(now - first);
            if (over.get() || trying.plus(delay).compareTo(patience) > 0) {
                throw patience.isZero() ? failure : givenUp(failure, trying);
            }
            return delay;
        }

        private StatusRuntimeException givenUp(StatusRuntimeException failure, Duration trying) {
            Status status = failure.getStatus();
            String words = "given up after %d tries in %s".formatted(count, words(trying));
            return status.withDescription(
                            status.getDescription() == null ? words : words + ": " + status.getDescription())
                    .asRuntimeException(failure.getTrailers());
        }

        private void note(StatusRuntimeException failure) {
            if (RetryDelay.isRefusal(failure)) {
                counters.countRefusal();
            } else if (!interrupting) {
                interrupting = true;
                counters.beginInterruption();
            }
        }

        void end() {
            if (interrupting) {
                counters.endInterruption();
            }
        }
    }
}
