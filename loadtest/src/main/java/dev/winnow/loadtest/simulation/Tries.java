package dev.winnow.loadtest.simulation;

import java.util.random.RandomGenerator;

/** When the Java client sends again what was refused or lost, as {@code Retries} and {@code RewardClient} of it do. */
final class Tries {
    /** Of a call that finds no server. */
    static final int MOST_LOST = 5;

    private static final long FIRST_BACKOFF = 200_000_000;
    private static final long LONGEST_BACKOFF = 2_000_000_000;

    private Tries() {}

    /** The delay asked for and up to half of it more after the first try, up to a whole one after the second. */
    static long afterRefusal(long asked, int tries, RandomGenerator random) {
        return asked + (long) (asked * random.nextDouble() * tries / 2);
    }

    /** Twice as long each time, a fifth more or less. */
    static long afterLoss(int tries, RandomGenerator random) {
        long backoff = Math.min(LONGEST_BACKOFF, FIRST_BACKOFF << (tries - 1));
        return (long) (backoff * random.nextDouble(0.8, 1.2));
    }
}
