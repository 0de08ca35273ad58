package dev.winnow.ppo.policy;

import dev.winnow.ppo.tensor.ComputeDevice;
import dev.winnow.ppo.tensor.Tensors;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Rotary position embeddings (<a href="https://arxiv.org/abs/2104.09864">RoFormer</a>) as Hugging Face lays a head out:
 * number i is rotated together with number {@code i + headWidth / 2}, by the position times a frequency.
 *
 * @param cosines {@code [rows, 1, width, headWidth / 2]}
 * @param sines as {@code cosines}
 */
record RotaryEmbedding(Tensor cosines, Tensor sines) {
    /** Returns the rotations of positions, row by row. */
    static RotaryEmbedding of(LlamaConfig config, long[] positions, int rows, ComputeDevice device) {
        int pairs = config.headWidth() / 2;
        float[] frequencies = new float[pairs];
        for (int pair = 0; pair < pairs; pair++) {
            double frequency = Math.pow(config.rotaryBase(), -2.0 * pair / config.headWidth());
            frequencies[pair] = (float) config.rotaryScaling().scale(frequency);
        }
        // In fp32, as the models were trained: far from the start the angles differ from the exact ones.
        Tensor angles = Tensors.of(positions, device, rows, 1, positions.length / rows, 1)
                .to(ScalarType.Float)
                .mul(Tensors.of(frequencies, device, pairs));
        return new RotaryEmbedding(angles.cos(), angles.sin());
    }

    /** Returns queries or keys {@code [rows, heads, width, headWidth]}, rotated. */
    Tensor rotate(Tensor heads) {
        long half = heads.size(-1) / 2;
        Tensor first = heads.narrow(-1, 0, half);
        Tensor second = heads.narrow(-1, half, half);
        Tensor rotatedFirst = first.mul(cosines).sub(second.mul(sines));
        Tensor rotatedSecond = second.mul(cosines).add(first.mul(sines));
        return torch.cat(new TensorVector(rotatedFirst, rotatedSecond), -1);
    }
}
