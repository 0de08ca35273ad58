package dev.winnow.service.model;

import java.util.Map;

/**
 * What a model gave for one {@link TokenRow}.
 *
 * @param outputs by output name, each {@code [width, labels]} row by row, or {@code [1, labels]} where the graph pools
 */
public record Logits(Map<String, Output> outputs) {
    /** Read-only by agreement: it is shared by all who asked for the same input. */
    public static final class Output {
        private final float[] values;
        private final int labels;

        public Output(float[] values, int labels) {
            this.values = values;
            this.labels = labels;
        }

        public float at(int token, int label) {
            return values[token * labels + label];
        }

        public int labels() {
            return labels;
        }
    }

    public Output output(String name) {
        Output output = outputs.get(name);
        if (output == null) {
            throw new IllegalArgumentException("output: %s (expected: one of %s)".formatted(name, outputs.keySet()));
        }
        return output;
    }
}
