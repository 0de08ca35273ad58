package dev.winnow.loadtest.simulation;

import java.time.Duration;

/**
 * When a set-up is watched. Trainers hand samples over until its end, and all of them are waited for.
 *
 * @param from after which what happens counts
 * @param until after which trainers hand nothing over
 */
public record Watch(Duration from, Duration until) {
    public Watch {
        if (from.isNegative() || from.compareTo(until) >= 0) {
            throw new IllegalArgumentException(
                    "watched: from %s until %s (expected: some time)".formatted(from, until));
        }
    }

    long nanos() {
        return until.minus(from).toNanos();
    }

    boolean contains(long at) {
        return at >= from.toNanos() && at < until.toNanos();
    }

    boolean isOver(long at) {
        return at >= until.toNanos();
    }

    /** Returns how much of a time is watched, in nanoseconds. */
    long within(long begin, long end) {
        return Math.max(0, Math.min(end, until.toNanos()) - Math.max(begin, from.toNanos()));
    }
}
