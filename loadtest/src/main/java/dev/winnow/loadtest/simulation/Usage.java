package dev.winnow.loadtest.simulation;

/** How busy one replica was while it was watched. Not thread-safe. */
final class Usage {
    private final Watch watch;
    private final int lanes;
    private long busyNanos;
    private long samples;

    Usage(Watch watch, int lanes) {
        this.watch = watch;
        this.lanes = lanes;
    }

    void ran(long from, long nanos, int rows) {
        busyNanos += watch.within(from, from + nanos);
        samples += watch.contains(from) ? rows : 0;
    }

    /** Returns the share of its lanes' time that it ran, 0 to 1. */
    double utilisation() {
        return (double) busyNanos / watch.nanos() / lanes;
    }

    /** Returns the samples that it began to run. */
    long samples() {
        return samples;
    }
}
