package dev.winnow.ppo.ppo;

import java.util.stream.IntStream;

/**
 * What the models of a run say of responses, before they learn from them.
 *
 * @param logProbabilities of each token, under the policy that drew it
 * @param references the same under the frozen reference
 * @param values expected of the rest of the response before each token
 * @param entropies in nats, of the policy before each token
 */
record Opinions(TokenRows logProbabilities, TokenRows references, TokenRows values, TokenRows entropies) {
    /** Returns for each token the {@link KlEstimate#k1 k1} estimate of KL(policy || reference) in nats. */
    TokenRows kl() {
        return logProbabilities.combine(references, KlEstimate::k1);
    }

    /** Takes opinions in, micro-batch by micro-batch. */
    static final class Collector {
        private final int[] lengths;
        private final double[][] numbers;
        private int tokens;

        Collector(int[] lengths) {
            this.lengths = lengths;
            this.numbers = new double[4][IntStream.of(lengths).sum()];
        }

        /** Adds numbers of the next tokens, in the order of the record's components. */
        void add(float[]... packed) {
            for (int kind = 0; kind < numbers.length; kind++) {
                for (int token = 0; token < packed[kind].length; token++) {
                    numbers[kind][tokens + token] = packed[kind][token];
                }
            }
            tokens += packed[0].length;
        }

        Opinions toOpinions() {
            return new Opinions(rows(0), rows(1), rows(2), rows(3));
        }

        private TokenRows rows(int kind) {
            return TokenRows.packed(lengths, numbers[kind]);
        }
    }
}
