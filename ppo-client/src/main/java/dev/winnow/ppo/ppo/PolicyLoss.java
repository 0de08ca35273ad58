package dev.winnow.ppo.ppo;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * The clipped objective of PPO (Schulman et al. 2017, equation 7) with its sign turned, as sums over tokens. With the
 * ratio of new to old probability and {@code clip} for epsilon:
 * {@code -min(ratio * advantage, clamp(ratio, 1 - clip, 1 + clip) * advantage)}.
 *
 * @param sum of the losses, with gradients
 * @param clipped how many tokens clipping keeps from being learnt from
 * @param kl sum of the {@link KlEstimate#k3 k3} estimates of KL(old || new) in nats, without gradients
 */
record PolicyLoss(Tensor sum, Tensor clipped, Tensor kl) {
    /**
     * Computes the loss.
     *
     * @param logProbabilities {@code [tokens]} of the present policy
     * @param old {@code [tokens]} of the policy that drew the tokens
     * @param advantages {@code [tokens]}
     */
    static PolicyLoss of(Tensor logProbabilities, Tensor old, Tensor advantages, double clip) {
        Tensor logRatios = logProbabilities.sub(old);
        Tensor ratios = logRatios.exp();
        Tensor clamped =
                ratios.clamp(new ScalarOptional(new Scalar(1 - clip)), new ScalarOptional(new Scalar(1 + clip)));
        Tensor gain = ratios.mul(advantages);
        Tensor clampedGain = clamped.mul(advantages);
        Tensor detached = logRatios.detach();
        return new PolicyLoss(
                torch.minimum(gain, clampedGain).sum().neg(),
                clampedGain.lt(gain).sum(),
                detached.expm1().sub(detached).sum());
    }
}
