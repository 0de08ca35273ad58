package dev.winnow.service.domain;

import java.time.Duration;
import java.util.OptionalDouble;

/**
 * How fast the models run, measured: tokens over the time that workers were busy with them, old runs counting ever less.
 * Thread-safe.
 */
public final class Throughput {
    /** Busy time after which a run counts for 1/e. */
    private static final double MEMORY_NANOS = Duration.ofSeconds(10).toNanos();

    private final int workers;
    private double tokens;
    private double nanos;

    /** Starts without a measurement. */
    public Throughput(int workers) {
        this.workers = workers;
    }

    /** One worker ran {@code tokens} in {@code nanos}. */
    public synchronized void ran(int runTokens, long runNanos) {
        double kept = Math.exp(-runNanos / MEMORY_NANOS);
        tokens = tokens * kept + runTokens;
        nanos = nanos * kept + runNanos;
    }

    /** Tokens a second over all workers while they are busy; empty before anything ran. */
    public synchronized OptionalDouble tokensPerSecond() {
        return nanos > 0
                ? OptionalDouble.of(
                        workers * tokens / nanos * Duration.ofSeconds(1).toNanos())
                : OptionalDouble.empty();
    }
}
