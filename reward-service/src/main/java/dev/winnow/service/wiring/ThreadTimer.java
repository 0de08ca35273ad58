package dev.winnow.service.wiring;

import dev.winnow.service.domain.Registration;
import dev.winnow.service.domain.Timer;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** One thread watches all timers, and each action has its own. What is taken back is forgotten at once. */
final class ThreadTimer implements Timer {
    private final ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().name("timer").daemon().factory());

    ThreadTimer() {
        executor.setRemoveOnCancelPolicy(true);
    }

    @Override
    public Registration after(Duration delay, Runnable action) {
        Future<?> scheduled =
                executor.schedule(() -> Thread.startVirtualThread(action), delay.toNanos(), TimeUnit.NANOSECONDS);
        return () -> scheduled.cancel(false);
    }
}
