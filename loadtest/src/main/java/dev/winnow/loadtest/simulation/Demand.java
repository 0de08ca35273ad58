package dev.winnow.loadtest.simulation;

/** When trainers have samples to be rewarded. */
public sealed interface Demand {
    int trainers();

    TokenLengths lengths();

    /** A sample now and then, all independent of each other (a Poisson process), from trainers at random. */
    record Steady(int trainers, double samplesPerSecond, TokenLengths lengths) implements Demand {}

    /**
     * Each trainer generates a micro-batch while the one before is rewarded, and hands it over at once. Where that one is
     * not rewarded by then, it waits.
     *
     * @param samplesPerSecond of all trainers where none waits
     * @param samples of a micro-batch
     */
    record MicroBatches(int trainers, double samplesPerSecond, int samples, TokenLengths lengths) implements Demand {}

    /** As many samples in flight as ever, another for each that is rewarded: finds the capacity. */
    record Saturating(int samplesInFlight, TokenLengths lengths) implements Demand {
        @Override
        public int trainers() {
            return 1;
        }
    }
}
