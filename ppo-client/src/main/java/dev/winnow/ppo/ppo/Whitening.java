package dev.winnow.ppo.ppo;

/** Brings numbers to one size by their standard deviation over all tokens of a step. */
final class Whitening {
    /** Is added to the variance, so that equal numbers become 0 and not NaN. */
    private static final double EPSILON = 1e-8;

    private Whitening() {}

    /** Returns numbers of mean 0 and standard deviation 1: {@code (x - mean) / sqrt(variance + 1e-8)}. */
    static TokenRows whiten(TokenRows rows) {
        double mean = rows.mean();
        double deviation = Math.sqrt(rows.variance() + EPSILON);
        return rows.map(value -> (value - mean) / deviation);
    }

    /**
     * Returns numbers of standard deviation 1 whose zeros stay zeros: {@code x / sqrt(variance)}. To shift them would
     * give every token a constant reward, so that longer, or shorter, responses earn more. Numbers whose variance is at
     * most 1e-8 have no scale of their own and are returned as they are.
     */
    static TokenRows scale(TokenRows rows) {
        double variance = rows.variance();
        if (variance <= EPSILON) {
            return rows;
        }
        double deviation = Math.sqrt(variance);
        return rows.map(value -> value / deviation);
    }
}
