package dev.winnow.ppo.ppo;

import dev.winnow.ppo.policy.Policy;
import dev.winnow.ppo.rollout.Rollout;
import dev.winnow.ppo.tensor.Tensors;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;

/**
 * The models of a run. They stay the caller's to close.
 *
 * @param policy is trained
 * @param reference is frozen; the policy is kept near it
 * @param critic is trained
 */
public record Models(Policy policy, Policy reference, Critic critic) {
    public Models {
        if (policy.weights() == reference.weights()) {
            throw new IllegalArgumentException("reference: the policy itself (expected: a copy that stays as it is)");
        }
    }

    /** Computes, without gradients, what the models say of responses. */
    Opinions opinions(List<Rollout> rollouts, int microBatch, double temperature) {
        int[] lengths = rollouts.stream().mapToInt(Rollout::length).toArray();
        Opinions.Collector collector = new Opinions.Collector(lengths);
        for (int begin = 0; begin < rollouts.size(); begin += microBatch) {
            List<Rollout> part = rollouts.subList(begin, Math.min(begin + microBatch, rollouts.size()));
            try (PointerScope _ = new PointerScope();
                    NoGradGuard _ = new NoGradGuard()) {
                ResponseBatch batch = ResponseBatch.of(part);
                Tensor hidden = policy.hidden(batch.read());
                TokenLikelihood own = TokenLikelihood.of(policy, hidden, batch, temperature, true);
                TokenLikelihood references =
                        TokenLikelihood.of(reference, reference.hidden(batch.read()), batch, temperature, false);
                Tensor values = batch.beforeTokens(
                        critic.values(batch.read(), hidden), policy.weights().device());
                collector.add(
                        Tensors.floats(own.logProbabilities()),
                        Tensors.floats(references.logProbabilities()),
                        Tensors.floats(values),
                        Tensors.floats(own.entropies()));
            }
        }
        return collector.toOpinions();
    }
}
