package dev.winnow.service.domain;

import java.time.Duration;

/** Does something later. */
@FunctionalInterface
public interface Timer {
    /** Runs {@code action} once, after the delay. It must be short: all timers may share one thread. */
    Registration after(Duration delay, Runnable action);
}
