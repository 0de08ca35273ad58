package dev.winnow.service.domain;

import java.time.Duration;

/** Does something later. */
@FunctionalInterface
public interface Timer {
    /** Runs {@code action} once, after the delay, in a thread of the timer. */
    Registration after(Duration delay, Runnable action);
}
