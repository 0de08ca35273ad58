package dev.winnow.loadtest.simulation;

/**
 * How fast a replica takes itself to be, as the service measures it: tokens over the time that its lanes were busy, old
 * runs counting ever less. Not thread-safe.
 */
final class Throughput {
    /** Busy time after which a run counts for 1/e. */
    private static final double MEMORY_NANOS = 10e9;

    private final int lanes;
    private double tokens;
    private double nanos;

    Throughput(int lanes) {
        this.lanes = lanes;
    }

    void ran(long runTokens, long runNanos) {
        double kept = Math.exp(-runNanos / MEMORY_NANOS);
        tokens = tokens * kept + runTokens;
        nanos = nanos * kept + runNanos;
    }

    /** Tokens a nanosecond over all lanes; infinity before the first run. */
    double tokensPerNano() {
        return nanos > 0 ? lanes * tokens / nanos : Double.POSITIVE_INFINITY;
    }
}
