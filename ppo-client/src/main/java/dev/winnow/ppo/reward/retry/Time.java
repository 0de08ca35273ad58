package dev.winnow.ppo.reward.retry;

import java.time.Duration;

/** The time that waiting takes. */
interface Time {
    /** The machine's. */
    Time SYSTEM = new Time() {
        @Override
        public long nanos() {
            return System.nanoTime();
        }

        @Override
        public void sleep(Duration duration) throws InterruptedException {
            Thread.sleep(duration);
        }
    };

    /** Nanoseconds since some moment; never runs backwards. */
    long nanos();

    void sleep(Duration duration) throws InterruptedException;
}
