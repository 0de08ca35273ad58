package dev.winnow.loadtest.statistics;

import java.time.Duration;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.SynchronizedHistogram;

/** Durations to three significant digits, from a microsecond to an hour. Thread-safe. */
public final class Latencies {
    private static final long LONGEST = Duration.ofHours(1).toNanos();
    private static final long NANOS_A_MICRO = 1000;

    private final Histogram nanos =
            new SynchronizedHistogram(Duration.ofNanos(1000).toNanos(), LONGEST, 3);

    /** Adds one; a clock that goes back counts as 0, what is longer than an hour as an hour. */
    public void add(long durationNanos) {
        nanos.recordValue(Math.clamp(durationNanos, 0, LONGEST));
    }

    /** Adds all of others. */
    public void addAll(Latencies others) {
        nanos.add(others.nanos);
    }

    public long count() {
        return nanos.getTotalCount();
    }

    /**
     * Returns a percentile in milliseconds; what is shorter than a microsecond is 0.
     *
     * @throws IllegalStateException where nothing was added
     */
    public double millis(double percentile) {
        if (count() == 0) {
            throw new IllegalStateException("durations: 0 (expected: >= 1)");
        }
        return Math.floorDiv(nanos.getValueAtPercentile(percentile), NANOS_A_MICRO) / 1e3;
    }
}
