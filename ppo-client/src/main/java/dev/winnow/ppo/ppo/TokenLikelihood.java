package dev.winnow.ppo.ppo;

import dev.winnow.ppo.policy.Policy;
import dev.winnow.ppo.tensor.Scopes;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * How likely a policy finds the tokens of responses, among those that could be drawn, at the temperature that they were
 * drawn at.
 *
 * @param logProbabilities {@code [tokens]}, of each token
 * @param entropies {@code [tokens]} in nats, of the distribution that each was drawn from; {@code [0]} where they are not
 *     asked for
 */
public record TokenLikelihood(Tensor logProbabilities, Tensor entropies) {
    /**
     * Reads the likelihood from a policy's hidden states.
     *
     * @param hidden {@code [rows, width, config.width()]} of what the batch reads
     * @param entropies whether they are asked for; they cost another pass over the vocabulary
     */
    public static TokenLikelihood of(
            Policy policy, Tensor hidden, ResponseBatch responses, double temperature, boolean entropies) {
        Tensor ids = responses.ids(policy.weights().device());
        // In a scope of their own, so that the logits are freed before the backward pass.
        Tensor both = Scopes.keep(() -> {
            Tensor all = ofAllTokens(policy, hidden, responses, temperature);
            Tensor drawn = ofDrawn(all, ids);
            return entropies ? torch.cat(new TensorVector(drawn, entropies(all))) : drawn;
        });
        long tokens = responses.tokens();
        return new TokenLikelihood(both.narrow(0, 0, tokens), both.narrow(0, tokens, both.size(0) - tokens));
    }

    /** Returns {@code [tokens]}: of {@code [tokens, vocabulary]} the ones of the tokens with ids {@code [tokens, 1]}. */
    static Tensor ofDrawn(Tensor logProbabilities, Tensor ids) {
        return logProbabilities.gather(1, ids).select(1, 0);
    }

    /** Returns {@code [tokens]}: the entropies of distributions {@code [tokens, vocabulary]}. */
    static Tensor entropies(Tensor logProbabilities) {
        // As products of a row and a column: no third tensor of the vocabulary's size.
        return logProbabilities
                .exp()
                .unsqueeze(1)
                .bmm(logProbabilities.unsqueeze(2))
                .flatten()
                .neg();
    }

    /** Logits are taken where a token of a response is to come, and nowhere else; they are most of the work. */
    private static Tensor ofAllTokens(Policy policy, Tensor hidden, ResponseBatch responses, double temperature) {
        Tensor states = responses.beforeTokens(hidden, policy.weights().device());
        // The same as dividing the logits, which are wider by far.
        Tensor tempered = temperature == 1 ? states : states.div(new Scalar(temperature));
        Tensor logits = responses.withoutWithheld(
                policy.logitsOf(tempered), policy.weights().device());
        return torch.log_softmax(logits, -1);
    }
}
