package dev.winnow.ppo.policy;

import dev.winnow.ppo.tensor.ComputeDevice;
import dev.winnow.ppo.tensor.Scopes;
import dev.winnow.ppo.tensor.Tensors;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.StringViewOptional;
import org.bytedeco.pytorch.T_TensorTensor_T;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Draws the next token of each row. The randomness comes in, so that a row's token depends on no other row. */
final class Sampler {
    private Sampler() {}

    /**
     * Draws one token a row.
     *
     * @param logits {@code [rows, vocabulary]}
     * @param uniforms one number a row, at least 0 and below 1: where in the probabilities of its tokens, likeliest
     *     first, or in the order of their ids where all tokens may be drawn, the row's token is
     */
    static long[] draw(Tensor logits, Sampling sampling, double[] uniforms, ComputeDevice device) {
        if (sampling.temperature() == 0) {
            return Scopes.read(() -> Tensors.longs(logits.argmax(new LongOptional(-1), false)));
        }
        return Scopes.read(() -> Tensors.longs(drawByChance(logits, sampling, uniforms, device)));
    }

    private static Tensor drawByChance(Tensor logits, Sampling sampling, double[] uniforms, ComputeDevice device) {
        long vocabulary = logits.size(-1);
        boolean all = sampling.topK() == 0 || sampling.topK() >= vocabulary;
        if (all && sampling.topP() == 1) {
            return place(probabilities(logits, sampling), uniforms, device).select(-1, 0);
        }
        T_TensorTensor_T likeliest = torch.topk(logits, all ? vocabulary : sampling.topK(), -1, true, true);
        Tensor probabilities = probabilities(likeliest.get0(), sampling);
        if (sampling.topP() < 1) {
            Tensor before = probabilities.cumsum(-1).sub(probabilities);
            Tensor beyond = before.ge(new Scalar(sampling.topP()));
            probabilities = probabilities.masked_fill(beyond, new Scalar(0.0));
        }
        return likeliest
                .get1()
                .gather(-1, place(probabilities, uniforms, device))
                .select(-1, 0);
    }

    /** In float64: the sum of fifty thousand probabilities in fp32 is off by more than some of them are. */
    private static Tensor probabilities(Tensor logits, Sampling sampling) {
        return torch.softmax(logits.to(ScalarType.Double).div(new Scalar(sampling.temperature())), -1);
    }

    /** Returns {@code [rows, 1]}: the first column up to which the probabilities sum to more than the row's number. */
    private static Tensor place(Tensor probabilities, double[] uniforms, ComputeDevice device) {
        Tensor upTo = probabilities.cumsum(-1);
        Tensor sum = upTo.narrow(-1, upTo.size(-1) - 1, 1);
        Tensor sought = Tensors.of(uniforms, device, uniforms.length, 1).mul(sum);
        return torch.searchsorted(
                upTo.contiguous(), sought, false, /* right */ true, new StringViewOptional(), new TensorOptional());
    }
}
