package dev.winnow.loadtest.simulation;

/** As many samples in flight as ever, of the first trainer. Not thread-safe. */
final class SaturatingSource implements Source {
    private final Timeline timeline;
    private final Trainers trainers;
    private final Watch watch;
    private final int samplesInFlight;

    SaturatingSource(Timeline timeline, Trainers trainers, Watch watch, int samplesInFlight) {
        this.timeline = timeline;
        this.trainers = trainers;
        this.watch = watch;
        this.samplesInFlight = samplesInFlight;
    }

    @Override
    public void start() {
        for (int sample = 0; sample < samplesInFlight; sample++) {
            handOver();
        }
    }

    private void handOver() {
        if (!watch.isOver(timeline.now())) {
            trainers.handOver(0, 1, this::handOver);
        }
    }
}
