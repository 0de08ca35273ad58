package dev.winnow.loadtest.load;

import java.time.Duration;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;

/**
 * When calls are to start, fixed before the first: an open loop, in which a slow service does not slow the callers down.
 * Nanoseconds from the start of the load, rising.
 */
public final class Arrivals {
    private final long[] nanos;

    private Arrivals(long[] nanos) {
        this.nanos = nanos;
    }

    /** Calls at equal distances, the first at once. */
    public static Arrivals constant(double perSecond, Duration duration) {
        requirePositive(perSecond);
        double distance = 1e9 / perSecond;
        return new Arrivals(LongStream.iterate(0, n -> n + 1)
                .map(n -> (long) (n * distance))
                .takeWhile(nanos -> nanos < duration.toNanos())
                .toArray());
    }

    /** Calls that know nothing of each other: distances are exponentially distributed (a Poisson process). */
    public static Arrivals poisson(double perSecond, Duration duration, RandomGenerator random) {
        requirePositive(perSecond);
        double mean = 1e9 / perSecond;
        LongStream.Builder nanos = LongStream.builder();
        for (double next = mean * random.nextExponential();
                next < duration.toNanos();
                next += mean * random.nextExponential()) {
            nanos.add((long) next);
        }
        return new Arrivals(nanos.build().toArray());
    }

    private static void requirePositive(double perSecond) {
        if (!(perSecond > 0) || Double.isInfinite(perSecond)) {
            throw new IllegalArgumentException("calls a second: %s (expected: > 0)".formatted(perSecond));
        }
    }

    public int count() {
        return nanos.length;
    }

    long nanos(int index) {
        return nanos[index];
    }

    @Override
    public String toString() {
        return Arrays.toString(nanos);
    }
}
