package dev.winnow.ppo.rollout;

import java.util.SplittableRandom;

/**
 * Random numbers that follow from a run's seed, what they are for, and where in the run they are asked for, not from
 * what was drawn before. So nothing but the seed needs to be kept to go on with a run.
 *
 * @param seed of the run
 * @param purpose keeps the numbers of one purpose apart from those of another
 */
public record Seeds(long seed, String purpose) {
    /** Returns seeds of one place, such as those of a step's responses. */
    public long[] at(long place, int number) {
        return random(place).longs(number).toArray();
    }

    /** Returns the numbers below {@code size} in the random order of one place. */
    public int[] order(long place, int size) {
        SplittableRandom random = random(place);
        int[] order = new int[size];
        for (int index = 0; index < size; index++) {
            int other = random.nextInt(index + 1);
            order[index] = order[other];
            order[other] = index;
        }
        return order;
    }

    private SplittableRandom random(long place) {
        long mixed = new SplittableRandom(seed).nextLong() ^ purpose.hashCode();
        return new SplittableRandom(new SplittableRandom(mixed).nextLong() ^ place);
    }
}
