package dev.winnow.ppo.reward.retry;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Time that passes only where somebody sleeps, or a test says so. */
final class TestingTime implements Time {
    private final List<Duration> sleeps = new ArrayList<>();
    private long nanos = Long.MAX_VALUE - 5; // nanoseconds may overflow

    @Override
    public long nanos() {
        return nanos;
    }

    @Override
    public void sleep(Duration duration) {
        sleeps.add(duration);
        pass(duration);
    }

    void pass(Duration duration) {
        nanos += duration.toNanos();
    }

    List<Duration> sleeps() {
        return sleeps;
    }
}
