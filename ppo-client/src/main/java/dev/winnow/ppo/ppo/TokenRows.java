package dev.winnow.ppo.ppo;

import java.util.Arrays;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/**
 * One number for each token of several responses, one row a response, packed without gaps: there is no padding that
 * could leak into a mean or a sum. Immutable.
 */
public final class TokenRows {
    /** Where each row ends in {@code values}. */
    private final int[] ends;

    private final double[] values;

    private TokenRows(int[] ends, double[] values) {
        this.ends = ends;
        this.values = values;
    }

    public static TokenRows of(double[]... rows) {
        int[] lengths = Arrays.stream(rows).mapToInt(row -> row.length).toArray();
        return packed(
                lengths, Arrays.stream(rows).flatMapToDouble(Arrays::stream).toArray());
    }

    /**
     * Cuts numbers into rows.
     *
     * @param lengths of each row, in tokens
     * @param values row after row
     */
    public static TokenRows packed(int[] lengths, double[] values) {
        int[] ends = lengths.clone();
        Arrays.parallelPrefix(ends, Math::addExact);
        int tokens = ends.length == 0 ? 0 : ends[ends.length - 1];
        if (values.length != tokens) {
            throw new IllegalArgumentException(
                    "numbers: %d (expected: %d, one for each token)".formatted(values.length, tokens));
        }
        return new TokenRows(ends, values.clone());
    }

    public int rows() {
        return ends.length;
    }

    /** Returns the number of tokens of all rows. */
    public int tokens() {
        return values.length;
    }

    public int length(int row) {
        return ends[row] - begin(row);
    }

    public double get(int row, int token) {
        return values[begin(row) + token];
    }

    public double[] row(int row) {
        return Arrays.copyOfRange(values, begin(row), ends[row]);
    }

    /** Returns the numbers, row after row. */
    public double[] packed() {
        return values.clone();
    }

    /** Returns some of the rows, in the given order. */
    public TokenRows select(int... rows) {
        return of(Arrays.stream(rows).mapToObj(this::row).toArray(double[][]::new));
    }

    public TokenRows map(DoubleUnaryOperator function) {
        return new TokenRows(ends, Arrays.stream(values).map(function).toArray());
    }

    /** Combines the numbers of each token with those of rows of the same lengths. */
    public TokenRows combine(TokenRows other, DoubleBinaryOperator function) {
        if (!Arrays.equals(ends, other.ends)) {
            throw new IllegalArgumentException(
                    "row ends: %s (expected: %s)".formatted(Arrays.toString(other.ends), Arrays.toString(ends)));
        }
        double[] combined = new double[values.length];
        for (int token = 0; token < combined.length; token++) {
            combined[token] = function.applyAsDouble(values[token], other.values[token]);
        }
        return new TokenRows(ends, combined);
    }

    /** Returns the sum of each row. */
    public double[] sums() {
        double[] sums = new double[rows()];
        for (int row = 0; row < sums.length; row++) {
            sums[row] = Arrays.stream(values, begin(row), ends[row]).sum();
        }
        return sums;
    }

    /** Returns the mean over all tokens; each counts the same. */
    public double mean() {
        return Arrays.stream(values)
                .average()
                .orElseThrow(() -> new IllegalArgumentException("tokens: 0 (expected: at least 1)"));
    }

    /** Returns the mean squared distance from the mean, over all tokens. */
    public double variance() {
        double mean = mean();
        return map(value -> (value - mean) * (value - mean)).mean();
    }

    private int begin(int row) {
        return row == 0 ? 0 : ends[row - 1];
    }
}
