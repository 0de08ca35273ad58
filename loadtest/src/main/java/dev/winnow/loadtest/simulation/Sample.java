package dev.winnow.loadtest.simulation;

import java.util.function.Consumer;

/** A sample that a trainer wants rewarded, over all its sendings. Not thread-safe. */
final class Sample {
    final int caller;
    final int tokens;

    /** When the trainer had it, which is when it begins to wait. */
    final long handedOverAt;

    /** When the run began whose result it got. */
    long startedAt;

    private final Consumer<Sample> owner;
    private boolean isRewarded;
    private boolean isOver;

    /**
     * Creates a sample.
     *
     * @param owner told once, when it is rewarded or given up
     */
    Sample(int caller, int tokens, long handedOverAt, Consumer<Sample> owner) {
        this.caller = caller;
        this.tokens = tokens;
        this.handedOverAt = handedOverAt;
        this.owner = owner;
    }

    boolean isRewarded() {
        return isRewarded;
    }

    boolean isOver() {
        return isOver;
    }

    /** Its reward has come, or will never come. */
    void finish(boolean rewarded) {
        if (isOver) {
            throw new IllegalStateException("a sample that is over (expected: one that waits)");
        }
        isOver = true;
        isRewarded = rewarded;
        owner.accept(this);
    }
}
