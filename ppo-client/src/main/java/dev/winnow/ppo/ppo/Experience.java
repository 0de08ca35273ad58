package dev.winnow.ppo.ppo;

import dev.winnow.ppo.rollout.Rollout;
import java.util.Arrays;
import java.util.List;

/**
 * What a step learns from: responses, and for each of their tokens what the update compares with.
 *
 * @param logProbabilities under the policy that drew the tokens
 * @param values that the advantages were estimated with
 */
record Experience(List<Rollout> rollouts, TokenRows logProbabilities, TokenRows values, Advantages estimated) {
    Experience select(int... rows) {
        return new Experience(
                Arrays.stream(rows).mapToObj(rollouts::get).toList(),
                logProbabilities.select(rows),
                values.select(rows),
                new Advantages(
                        estimated.advantages().select(rows), estimated.returns().select(rows)));
    }

    int tokens() {
        return values.tokens();
    }

    void putInto(Metrics metrics) {
        TokenRows returns = estimated.returns();
        metrics.put("value/mean", values.mean());
        metrics.put("return/mean", returns.mean());
        double variance = returns.variance();
        if (variance > 0) {
            double unexplained =
                    returns.combine(values, (sum, value) -> sum - value).variance();
            metrics.put("value/explained_variance", 1 - unexplained / variance);
        }
    }
}
