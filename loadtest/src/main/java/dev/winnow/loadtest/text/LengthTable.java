package dev.winnow.loadtest.text;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * How long the texts of a collection are: the length in words at rising probabilities, from 0 to 1.
 * {@code loadtest/lengths.py} makes the file.
 */
public final class LengthTable {
    private final double[] probabilities;
    private final double[] words;

    /**
     * Makes a table.
     *
     * @throws IllegalArgumentException unless the probabilities rise from 0 to 1 and the lengths, each at least 1, do not
     *     fall
     */
    LengthTable(double[] probabilities, double[] words) {
        this.probabilities = probabilities.clone();
        this.words = words.clone();
        int last = probabilities.length - 1;
        boolean valid = last >= 1 && words.length == probabilities.length && words[0] >= 1;
        valid = valid && probabilities[0] == 0 && probabilities[last] == 1;
        for (int i = 1; valid && i <= last; i++) {
            valid = probabilities[i] > probabilities[i - 1] && words[i] >= words[i - 1];
        }
        if (!valid) {
            throw new IllegalArgumentException(
                    "lengths: %s at %s (expected: rising lengths >= 1 at probabilities that rise from 0 to 1)"
                            .formatted(Arrays.toString(words), Arrays.toString(probabilities)));
        }
    }

    /** Reads a column of {@code lengths.csv}. */
    static LengthTable read(String column) throws IOException {
        try (InputStream file = Objects.requireNonNull(LengthTable.class.getResourceAsStream("lengths.csv"))) {
            List<List<String>> rows = new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> List.of(line.split(",")))
                    .toList();
            int index = rows.getFirst().indexOf(column);
            List<List<String>> figures = rows.subList(1, rows.size());
            return new LengthTable(column(figures, 0), column(figures, index));
        }
    }

    /** Returns the length at a probability, between two rows of the table in proportion, rounded to a whole word. */
    int words(double probability) {
        int above = Arrays.binarySearch(probabilities, probability);
        if (above >= 0) {
            return (int) Math.round(words[above]);
        }
        above = -above - 1;
        if (above == 0 || above == probabilities.length) {
            throw new IllegalArgumentException("probability: %s (expected: 0 to 1)".formatted(probability));
        }
        double share = (probability - probabilities[above - 1]) / (probabilities[above] - probabilities[above - 1]);
        return (int) Math.round(words[above - 1] + share * (words[above] - words[above - 1]));
    }

    private static double[] column(List<List<String>> rows, int index) {
        return rows.stream()
                .mapToDouble(row -> Double.parseDouble(row.get(index)))
                .toArray();
    }
}
