package dev.winnow.ppo.ppo;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Half the squared error of the values, clipped as OpenAI's baselines do it, as sums over tokens:
 * {@code max((value - return)^2, (old + clamp(value - old, -clip, clip) - return)^2) / 2}.
 *
 * @param sum of the losses, with gradients
 * @param clipped for how many tokens the clipped error is the larger one, so that they are not learnt from
 */
record ValueLoss(Tensor sum, Tensor clipped) {
    /**
     * Computes the loss.
     *
     * @param values {@code [tokens]} of the present value model
     * @param old {@code [tokens]} of the value model that advantages were estimated with
     * @param returns {@code [tokens]}
     */
    static ValueLoss of(Tensor values, Tensor old, Tensor returns, double clip) {
        Tensor change =
                values.sub(old).clamp(new ScalarOptional(new Scalar(-clip)), new ScalarOptional(new Scalar(clip)));
        Tensor error = values.sub(returns).square();
        Tensor clippedError = old.add(change).sub(returns).square();
        return new ValueLoss(
                torch.maximum(error, clippedError).sum().mul(new Scalar(0.5)),
                clippedError.gt(error).sum());
    }
}
