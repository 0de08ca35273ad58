package dev.winnow.ppo.reward;

/**
 * Brings a reward's values to mean 0 and standard deviation 1.
 *
 * @param mean of the values before
 * @param deviation standard deviation of the values before; above 0
 */
public record Normalisation(double mean, double deviation) {
    /** Leaves values as they are. */
    public static final Normalisation NONE = new Normalisation(0, 1);

    public Normalisation {
        if (!Double.isFinite(mean)) {
            throw new IllegalArgumentException("mean: %s (expected: a finite number)".formatted(mean));
        }
        if (!(deviation > 0 && Double.isFinite(deviation))) {
            throw new IllegalArgumentException(
                    "standard deviation: %s (expected: above 0 and finite)".formatted(deviation));
        }
    }

    /** Returns the normalised value. */
    public double of(double value) {
        return (value - mean) / deviation;
    }
}
