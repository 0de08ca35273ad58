package dev.winnow.loadtest.simulation;

import java.util.function.Consumer;

/** One sending of a sample to one replica. Not thread-safe. */
final class Row {
    final Sample sample;

    /** After which nobody waits for it. */
    final long deadline;

    private final Consumer<Outcome> sender;
    private boolean isWaiting = true;

    /** What became of a sending. */
    enum Outcome {
        ANSWERED,
        /** Its deadline passed before its turn came. */
        EXPIRED,
        /** Its replica went down. */
        LOST
    }

    Row(Sample sample, long deadline, Consumer<Outcome> sender) {
        this.sample = sample;
        this.deadline = deadline;
        this.sender = sender;
    }

    int tokens() {
        return sample.tokens;
    }

    /** Whether its turn is still to come. */
    boolean isWaiting() {
        return isWaiting;
    }

    void take() {
        isWaiting = false;
    }

    void end(Outcome outcome) {
        sender.accept(outcome);
    }
}
