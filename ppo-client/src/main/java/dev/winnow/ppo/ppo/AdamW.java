package dev.winnow.ppo.ppo;

import dev.winnow.ppo.tensor.ComputeDevice;
import dev.winnow.ppo.tensor.Safetensors;
import dev.winnow.ppo.tensor.StoredType;
import dev.winnow.ppo.tensor.Tensors;
import dev.winnow.ppo.tensor.Weights;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * Moves the weights of one network against their gradients by AdamW (Loshchilov and Hutter 2019, algorithm 2), operation
 * by operation as PyTorch's. Its moments are named as the weights are. Lives until it is closed; not thread-safe.
 */
public final class AdamW implements AutoCloseable {
    private static final String MEAN = "mean.";
    private static final String SQUARE = "square.";
    private static final String MOVES = "moves";

    private final String network;
    private final Weights weights;
    private final AdamSettings settings;
    /** Decaying means of the gradients and of their squares. */
    private final Weights means;

    private final Weights squares;
    private int moves;

    /**
     * Makes an optimizer that has not moved yet.
     *
     * @param network what errors call it
     */
    public AdamW(String network, Weights weights, AdamSettings settings) {
        this.network = network;
        this.weights = weights;
        this.settings = settings;
        this.means = new Weights(weights.device());
        this.squares = new Weights(weights.device());
        try (PointerScope _ = new PointerScope()) {
            weights.all().forEach((name, weight) -> {
                means.put(name, torch.zeros_like(weight));
                squares.put(name, torch.zeros_like(weight));
            });
        }
    }

    /** Forgets the gradients and frees their memory. */
    public void forgetGradients() {
        try (PointerScope _ = new PointerScope()) {
            weights.all().values().forEach(weight -> weight.mutable_grad().reset());
        }
    }

    /**
     * Shortens the gradients, taken as one vector.
     *
     * @return their length before
     * @throws TrainingException where it is not finite; the weights are as before
     */
    public double clipGradients(double maximum) {
        try (PointerScope _ = new PointerScope()) {
            TensorVector all = new TensorVector(weights.all().values().toArray(Tensor[]::new));
            double norm = torch.clip_grad_norm_(all, maximum);
            if (!Double.isFinite(norm)) {
                throw new TrainingException(
                        "gradient norm of the %s: %s (expected: a finite number)".formatted(network, norm));
            }
            return norm;
        }
    }

    /**
     * Moves each weight once.
     *
     * @throws IllegalStateException where one has no gradient
     */
    public void move(double learningRate) {
        moves++;
        double stepSize = learningRate / (1 - Math.pow(settings.beta1(), moves));
        try (PointerScope _ = new PointerScope();
                NoGradGuard _ = new NoGradGuard()) {
            Scalar correction = new Scalar(Math.sqrt(1 - Math.pow(settings.beta2(), moves)));
            for (Map.Entry<String, Tensor> weight : weights.all().entrySet()) {
                Tensor gradient = weight.getValue().grad();
                if (!gradient.defined()) {
                    throw new IllegalStateException(
                            "gradient of %s: none (expected: one from each backward pass)".formatted(weight.getKey()));
                }
                Tensor mean = means.get(weight.getKey());
                Tensor square = squares.get(weight.getKey());
                if (settings.weightDecay() != 0) {
                    weight.getValue().mul_(new Scalar(1 - learningRate * settings.weightDecay()));
                }
                mean.mul_(new Scalar(settings.beta1())).add_(gradient, new Scalar(1 - settings.beta1()));
                square.mul_(new Scalar(settings.beta2()))
                        .addcmul_(gradient, gradient, new Scalar(1 - settings.beta2()));
                Tensor root = square.sqrt().div_(correction).add_(new Scalar(settings.epsilon()));
                weight.getValue().addcdiv_(mean, root, new Scalar(-stepSize));
            }
        }
    }

    /** Writes what it remembers of the moves so far: the moments, and their number as a tensor of one. */
    public void write(Path file) throws IOException {
        Map<String, Tensor> remembered = new LinkedHashMap<>();
        means.all().forEach((name, mean) -> remembered.put(MEAN + name, mean));
        squares.all().forEach((name, square) -> remembered.put(SQUARE + name, square));
        try (PointerScope _ = new PointerScope()) {
            // Exact in fp32 up to 16 million.
            remembered.put(MOVES, Tensors.of(new float[] {moves}, ComputeDevice.CPU, 1));
            Safetensors.write(file, remembered, StoredType.F32);
        }
    }

    /**
     * Remembers what another optimizer of the same network {@link #write wrote}.
     *
     * @throws dev.winnow.ppo.tensor.ModelFileException where it was of another network
     */
    public void read(Path file) throws IOException {
        try (Safetensors stored = new Safetensors(file)) {
            restore(stored, MEAN, means);
            restore(stored, SQUARE, squares);
            try (PointerScope _ = new PointerScope()) {
                moves = (int) Tensors.floats(stored.read(MOVES, ComputeDevice.CPU, 1))[0];
            }
        }
    }

    private static void restore(Safetensors stored, String prefix, Weights moments) throws IOException {
        for (Map.Entry<String, Tensor> moment : moments.all().entrySet()) {
            try (PointerScope _ = new PointerScope()) {
                long[] shape = Tensors.shape(moment.getValue()).stream()
                        .mapToLong(Long::longValue)
                        .toArray();
                moment.getValue().copy_(stored.read(prefix + moment.getKey(), moments.device(), shape));
            }
        }
    }

    @Override
    public void close() {
        means.close();
        squares.close();
    }
}
