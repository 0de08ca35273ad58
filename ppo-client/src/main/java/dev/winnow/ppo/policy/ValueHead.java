package dev.winnow.ppo.policy;

import dev.winnow.ppo.tensor.ComputeDevice;
import dev.winnow.ppo.tensor.Safetensors;
import dev.winnow.ppo.tensor.Scopes;
import dev.winnow.ppo.tensor.StoredType;
import dev.winnow.ppo.tensor.Tensors;
import dev.winnow.ppo.tensor.Weights;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/**
 * A linear read-out of one value from a hidden state: of a {@link ValueModel}'s own, or, to save the second network, of
 * the policy's ({@link Policy#hidden}).
 */
public final class ValueHead {
    private static final String WEIGHT = "score.weight";
    private static final String BIAS = "score.bias";

    private final Weights weights;

    /** Makes a head of weights that have those of {@link #shapes} among them. */
    ValueHead(Weights weights) {
        this.weights = weights;
    }

    /** Returns a head for a policy's hidden states whose values are all zero. Its weights are the caller's to close. */
    public static ValueHead zero(LlamaConfig config, ComputeDevice device) {
        Weights weights = new Weights(device);
        putZero(weights, config);
        return new ValueHead(weights);
    }

    /** Reads a head that was {@link #write written}. Its weights are the caller's to close. */
    public static ValueHead read(Path file, LlamaConfig config, ComputeDevice device) throws IOException {
        Weights weights = new Weights(device);
        try (Safetensors safetensors = new Safetensors(file);
                PointerScope _ = new PointerScope()) {
            for (Map.Entry<String, long[]> shape : shapes(config).entrySet()) {
                weights.put(shape.getKey(), safetensors.read(shape.getKey(), ComputeDevice.CPU, shape.getValue()));
            }
            return new ValueHead(weights);
        } catch (IOException | RuntimeException e) {
            weights.close();
            throw e;
        }
    }

    /** Writes one safetensors file. */
    public void write(Path file) throws IOException {
        Safetensors.write(file, weights.all(), StoredType.F32);
    }

    public Weights weights() {
        return weights;
    }

    /** Returns {@code [rows, width]} of hidden states {@code [rows, width, config.width()]}. */
    public Tensor values(Tensor hidden) {
        return Scopes.keep(() -> torch.linear(hidden, weights.get(WEIGHT), new TensorOptional(weights.get(BIAS)))
                .select(-1, 0));
    }

    static SequencedMap<String, long[]> shapes(LlamaConfig config) {
        SequencedMap<String, long[]> shapes = new LinkedHashMap<>();
        shapes.put(WEIGHT, new long[] {1, config.width()});
        shapes.put(BIAS, new long[] {1});
        return shapes;
    }

    static void putZero(Weights weights, LlamaConfig config) {
        try (PointerScope _ = new PointerScope()) {
            shapes(config).forEach((name, shape) -> {
                int numbers = (int) Arrays.stream(shape).reduce(1, Math::multiplyExact);
                weights.put(name, Tensors.of(new float[numbers], ComputeDevice.CPU, shape));
            });
        }
    }
}
