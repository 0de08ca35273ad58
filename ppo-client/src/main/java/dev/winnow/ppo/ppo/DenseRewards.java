package dev.winnow.ppo.ppo;

import dev.winnow.ppo.reward.MissingRewardException;
import dev.winnow.ppo.reward.ResponseRewards;
import dev.winnow.ppo.reward.ResponseRewards.PlacedValue;
import dev.winnow.ppo.reward.WeightedReward;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** From the values of several rewards to one number for each token. */
final class DenseRewards {
    private DenseRewards() {}

    /** Returns for each token the sum over all values that are given at it, of weight times normalised value. */
    static TokenRows combined(int[] lengths, List<ResponseRewards> responses, List<WeightedReward> rewards) {
        TokenRows combined =
                TokenRows.packed(lengths, new double[IntStream.of(lengths).sum()]);
        for (int reward = 0; reward < rewards.size(); reward++) {
            TokenRows weighted = placed(lengths, responses, rewards, reward, rewards.get(reward)::combined);
            combined = combined.combine(weighted, Double::sum);
        }
        return combined;
    }

    /**
     * Returns for each token the sum of one reward's values that are given at it, neither weighted nor normalised.
     *
     * @param lengths of the responses, in tokens
     * @throws MissingRewardException where a response has other rewards than these, or a value at no token of it
     */
    static TokenRows placed(int[] lengths, List<ResponseRewards> responses, List<WeightedReward> rewards, int reward) {
        return placed(lengths, responses, rewards, reward, DoubleUnaryOperator.identity());
    }

    private static TokenRows placed(
            int[] lengths,
            List<ResponseRewards> responses,
            List<WeightedReward> rewards,
            int reward,
            DoubleUnaryOperator gain) {
        double[][] rows = new double[lengths.length][];
        for (int row = 0; row < rows.length; row++) {
            rows[row] = new double[lengths[row]];
            List<List<PlacedValue>> values = responses.get(row).values();
            if (values.size() != rewards.size()) {
                throw new MissingRewardException(
                        "rewards of response %d: %d (expected: %d)".formatted(row, values.size(), rewards.size()));
            }
            for (PlacedValue value : values.get(reward)) {
                if (value.token() >= lengths[row]) {
                    throw new MissingRewardException("%s of response %d: at token %d (expected: below %d)"
                            .formatted(rewards.get(reward).name(), row, value.token(), lengths[row]));
                }
                rows[row][value.token()] += gain.applyAsDouble(value.value());
            }
        }
        return TokenRows.of(rows);
    }

    /** Moves all of a row to its last token. */
    static TokenRows atEnd(TokenRows rewards) {
        double[] sums = rewards.sums();
        double[][] rows = new double[sums.length][];
        for (int row = 0; row < rows.length; row++) {
            rows[row] = new double[rewards.length(row)];
            rows[row][rows[row].length - 1] = sums[row];
        }
        return TokenRows.of(rows);
    }

    /**
     * Takes the penalty for leaving the reference off:
     * {@code reward - coefficient * (log p - log reference)} at each token.
     */
    static TokenRows withKlPenalty(TokenRows rewards, TokenRows kl, double coefficient) {
        return rewards.combine(kl, (reward, nats) -> reward - coefficient * nats);
    }

    /** Takes a penalty off at the last token of some rows. */
    static TokenRows withPenaltyAtEnd(TokenRows rewards, IntPredicate penalised, double penalty) {
        double[][] rows = new double[rewards.rows()][];
        for (int row = 0; row < rows.length; row++) {
            rows[row] = rewards.row(row);
            if (penalised.test(row)) {
                rows[row][rows[row].length - 1] -= penalty;
            }
        }
        return TokenRows.of(rows);
    }
}
