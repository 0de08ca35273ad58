package dev.winnow.loadtest.simulation;

import java.util.random.RandomGenerator;

/**
 * One trainer that generates a micro-batch while the one before is rewarded, and waits where that takes longer. How long
 * it generates varies by a tenth, so that trainers do not keep in step. Not thread-safe.
 */
final class MicroBatchSource implements Source {
    private static final double VARIATION = 0.1;

    private final Timeline timeline;
    private final Trainers trainers;
    private final int trainer;
    private final Watch watch;
    private final RandomGenerator random;
    private final Observations observations;
    private final int samples;
    private final double meanNanos;

    /** Samples of the micro-batch that is being rewarded, and since when. */
    private int open;

    private long handedOverAt;

    /** Since when a micro-batch is generated and waits for the one before; negative where none does. */
    private long waitsSince = -1;

    MicroBatchSource(
            Timeline timeline,
            Trainers trainers,
            int trainer,
            Watch watch,
            RandomGenerator random,
            Observations observations,
            Demand.MicroBatches demand) {
        this.timeline = timeline;
        this.trainers = trainers;
        this.trainer = trainer;
        this.watch = watch;
        this.random = random;
        this.observations = observations;
        this.samples = demand.samples();
        this.meanNanos = demand.samples() * demand.trainers() / demand.samplesPerSecond() * 1e9;
    }

    @Override
    public void start() {
        timeline.after(Math.round(meanNanos * random.nextDouble()), this::generated);
    }

    private void generate() {
        double share = random.nextDouble(1 - VARIATION, 1 + VARIATION);
        timeline.after(Math.round(meanNanos * share), this::generated);
    }

    private void generated() {
        if (open > 0) {
            waitsSince = timeline.now();
        } else {
            handOver();
        }
    }

    private void handOver() {
        if (watch.isOver(timeline.now())) {
            return;
        }
        open = samples;
        handedOverAt = timeline.now();
        trainers.handOver(trainer, samples, this::over);
        generate();
    }

    private void over() {
        open--;
        if (open > 0) {
            return;
        }
        observations.microBatch(handedOverAt, timeline.now());
        if (waitsSince >= 0) {
            observations.trainerWaited(waitsSince, timeline.now());
            waitsSince = -1;
            handOver();
        }
    }
}
