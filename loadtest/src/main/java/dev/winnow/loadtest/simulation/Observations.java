package dev.winnow.loadtest.simulation;

import dev.winnow.loadtest.statistics.Latencies;
import java.util.List;

/** What came of a set-up. Times count for samples that were handed over while it was watched. Not thread-safe. */
public final class Observations {
    private final Watch watch;
    private final List<Usage> replicas;
    private final Latencies waits = new Latencies();
    private final Latencies totals = new Latencies();
    private final Latencies microBatches = new Latencies();
    private double waitedNanos;
    private long handedOver;
    private long rewarded;
    private long givenUp;
    private long tries;
    private long refusals;
    private long lost;
    private long rewardedWhileWatched;
    private double trainersWaitedNanos;

    Observations(Watch watch, List<Usage> replicas) {
        this.watch = watch;
        this.replicas = List.copyOf(replicas);
    }

    void handedOver(int samples) {
        handedOver += samples;
    }

    void over(Sample sample, long now) {
        if (!sample.isRewarded()) {
            givenUp++;
            return;
        }
        rewarded++;
        rewardedWhileWatched += watch.contains(now) ? 1 : 0;
        if (watch.contains(sample.handedOverAt)) {
            waitedNanos += sample.startedAt - sample.handedOverAt;
            waits.add(sample.startedAt - sample.handedOverAt);
            totals.add(now - sample.handedOverAt);
        }
    }

    void microBatch(long handedOverAt, long now) {
        if (watch.contains(handedOverAt)) {
            microBatches.add(now - handedOverAt);
        }
    }

    void trainerWaited(long from, long until) {
        trainersWaitedNanos += watch.within(from, until);
    }

    void tried() {
        tries++;
    }

    void refused() {
        refusals++;
    }

    void lost(int samples) {
        lost += samples;
    }

    void requireAllOver() {
        if (rewarded + givenUp != handedOver) {
            throw new IllegalStateException("samples rewarded: %d, given up: %d (expected: %d in all)"
                    .formatted(rewarded, givenUp, handedOver));
        }
    }

    /** Times from when samples were handed over until their runs began. */
    public Latencies waits() {
        return waits;
    }

    /** The mean of {@link #waits}, exactly. */
    public double meanWaitMillis() {
        return waitedNanos / waits.count() / 1e6;
    }

    /** Times from when samples were handed over until the trainer had their rewards. */
    public Latencies totals() {
        return totals;
    }

    /** Times from when micro-batches were handed over until the trainer had the last reward. */
    public Latencies microBatches() {
        return microBatches;
    }

    /** Samples rewarded a second, while it was watched. */
    public double goodput() {
        return rewardedWhileWatched / (watch.nanos() / 1e9);
    }

    /** The share of the trainers' time that they waited for rewards with nothing to generate. */
    public double trainersWaiting(int trainers) {
        return trainersWaitedNanos / watch.nanos() / trainers;
    }

    public long handedOver() {
        return handedOver;
    }

    public long rewarded() {
        return rewarded;
    }

    /** Samples without a reward after all tries. */
    public long givenUp() {
        return givenUp;
    }

    /** The same as a share of those handed over. */
    public double givenUpShare() {
        return (double) givenUp / handedOver;
    }

    /** Calls refused, as a share of those made. */
    public double refusedShare() {
        return tries == 0 ? 0 : (double) refusals / tries;
    }

    public long refusals() {
        return refusals;
    }

    /** Samples that were at a replica which went down. */
    public long lost() {
        return lost;
    }

    /** The share of its time that each replica ran. */
    public List<Double> utilisations() {
        return replicas.stream().map(Usage::utilisation).toList();
    }

    /** The samples that each replica began to run. */
    public List<Long> samples() {
        return replicas.stream().map(Usage::samples).toList();
    }
}
