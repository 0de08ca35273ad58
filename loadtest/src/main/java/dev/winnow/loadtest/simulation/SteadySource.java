package dev.winnow.loadtest.simulation;

import java.util.random.RandomGenerator;

/** Samples one by one, independently of each other, each of a trainer at random. Not thread-safe. */
final class SteadySource implements Source {
    private final Timeline timeline;
    private final Trainers trainers;
    private final Watch watch;
    private final RandomGenerator random;
    private final double meanNanos;

    SteadySource(Timeline timeline, Trainers trainers, Watch watch, RandomGenerator random, double samplesPerSecond) {
        this.timeline = timeline;
        this.trainers = trainers;
        this.watch = watch;
        this.random = random;
        this.meanNanos = 1e9 / samplesPerSecond;
    }

    @Override
    public void start() {
        timeline.after(Math.round(meanNanos * random.nextExponential()), () -> {
            if (!watch.isOver(timeline.now())) {
                trainers.handOver(random.nextInt(trainers.count()), 1, () -> {});
                start();
            }
        });
    }
}
