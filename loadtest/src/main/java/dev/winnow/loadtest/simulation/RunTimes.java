package dev.winnow.loadtest.simulation;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * How long a row runs alone on one core, by its tokens: measured at some lengths, in proportion between them, and on the
 * line of the nearest two beyond them. Immutable.
 */
public final class RunTimes {
    private final int[] tokens;
    private final double[] millis;

    /**
     * Makes a table.
     *
     * @param millisByTokens milliseconds by tokens, special tokens included
     * @throws IllegalArgumentException unless there are two lengths or more, and the times are positive and do not fall
     */
    public RunTimes(Map<Integer, Double> millisByTokens) {
        TreeMap<Integer, Double> sorted = new TreeMap<>(millisByTokens);
        tokens = sorted.keySet().stream().mapToInt(Integer::intValue).toArray();
        millis = sorted.values().stream().mapToDouble(Double::doubleValue).toArray();
        boolean valid = tokens.length >= 2 && tokens[0] >= 1 && millis[0] > 0;
        for (int row = 1; valid && row < tokens.length; row++) {
            valid = millis[row] >= millis[row - 1];
        }
        if (!valid) {
            throw new IllegalArgumentException(
                    "run times: %s (expected: positive milliseconds that do not fall, at two lengths or more)"
                            .formatted(sorted));
        }
    }

    /** Returns the same table for a core that runs rows of {@code least} to {@code most} tokens at this speed on average. */
    public RunTimes atSpeed(double tokensPerSecond, int least, int most) {
        double seconds =
                IntStream.rangeClosed(least, most).mapToDouble(this::nanos).sum() / 1e9;
        double factor = IntStream.rangeClosed(least, most).sum() / seconds / tokensPerSecond;
        return new RunTimes(IntStream.range(0, tokens.length)
                .boxed()
                .collect(Collectors.toMap(row -> tokens[row], row -> millis[row] * factor)));
    }

    /** Returns the time of a row; at least a thousandth of the shortest that was measured. */
    long nanos(int rowTokens) {
        int above = 1;
        while (above < tokens.length - 1 && tokens[above] < rowTokens) {
            above++;
        }
        double share = (double) (rowTokens - tokens[above - 1]) / (tokens[above] - tokens[above - 1]);
        double between = millis[above - 1] + share * (millis[above] - millis[above - 1]);
        return Math.round(Math.max(between, millis[0] / 1000) * 1e6);
    }
}
