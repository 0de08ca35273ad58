package dev.winnow.ppo.reward.retry;

import java.time.Duration;

/** Counts for {@link RetryStatistics}. Thread-safe. */
final class RetryCounters {
    private final Time time;
    private long retries;
    private long refusals;
    private long interruptions;
    private long interruptedNanos;

    /** How many answers are kept back, and since when any is. */
    private int keptBack;

    private long since;

    RetryCounters(Time time) {
        this.time = time;
    }

    synchronized void countRetry() {
        retries++;
    }

    synchronized void countRefusal() {
        refusals++;
    }

    /** An answer is kept back from now on. */
    synchronized void beginInterruption() {
        if (keptBack == 0) {
            interruptions++;
            since = time.nanos();
        }
        keptBack++;
    }

    /** The answer has come, or is given up. */
    synchronized void endInterruption() {
        keptBack--;
        if (keptBack == 0) {
            interruptedNanos += time.nanos() - since;
        }
    }

    /** Returns the counts; an interruption that lasts is counted up to now. */
    synchronized RetryStatistics statistics() {
        long lasting = keptBack == 0 ? 0 : time.nanos() - since;
        return new RetryStatistics(retries, refusals, interruptions, Duration.ofNanos(interruptedNanos + lasting));
    }
}
