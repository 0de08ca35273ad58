package dev.winnow.ppo.ppo;

import dev.winnow.ppo.policy.TokenBatch;
import dev.winnow.ppo.policy.ValueHead;
import dev.winnow.ppo.policy.ValueModel;
import dev.winnow.ppo.tensor.Weights;
import org.bytedeco.pytorch.Tensor;

/** What values come from. As a policy in everything else. */
public sealed interface Critic {
    /** Returns the weights that are its own. */
    Weights weights();

    /**
     * Returns {@code [rows, width]}: what is expected of the rest of a response where a batch's token was read.
     *
     * @param policyHidden {@code [rows, width, config.width()]}, the policy's hidden states of the batch
     */
    Tensor values(TokenBatch batch, Tensor policyHidden);

    /** A network of its own, as arXiv 2306.01693 has it. */
    record Network(ValueModel model) implements Critic {
        @Override
        public Weights weights() {
            return model.weights();
        }

        @Override
        public Tensor values(TokenBatch batch, Tensor policyHidden) {
            return model.values(batch);
        }
    }

    /** A read-out of the policy's hidden states; the value loss moves the policy's weights too. */
    record Head(ValueHead head) implements Critic {
        @Override
        public Weights weights() {
            return head.weights();
        }

        @Override
        public Tensor values(TokenBatch batch, Tensor policyHidden) {
            return head.values(policyHidden);
        }
    }
}
