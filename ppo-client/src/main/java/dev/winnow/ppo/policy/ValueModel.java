package dev.winnow.ppo.policy;

import dev.winnow.ppo.tensor.ComputeDevice;
import dev.winnow.ppo.tensor.StoredType;
import dev.winnow.ppo.tensor.Weights;
import java.io.IOException;
import java.nio.file.Path;
import java.util.SequencedMap;
import org.bytedeco.pytorch.Tensor;

/**
 * One value for each token, by a network of its own: a Llama decoder and a {@link ValueHead}. In files it is what
 * transformers calls a token classifier of one label. As a {@link Policy} in everything else.
 */
public final class ValueModel implements AutoCloseable {
    private final ModelDirectory origin;
    private final Llama llama;
    private final ValueHead head;

    private ValueModel(ModelDirectory origin, Weights weights) {
        this.origin = origin;
        this.llama = new Llama(origin.config(), weights);
        this.head = new ValueHead(weights);
    }

    /** Reads a value model that was {@link #write written}. */
    public static ValueModel read(Path folder, ComputeDevice device) throws IOException {
        ModelDirectory origin = new ModelDirectory(folder);
        return new ValueModel(origin, origin.read(shapes(origin.config()), device));
    }

    /** Takes the weights of another directory with a value model of the same shape; all else stays. */
    public void readWeights(Path folder) throws IOException {
        ModelDirectory other = new ModelDirectory(folder);
        try (Weights others = other.read(shapes(llama.config()), weights().device())) {
            weights().copyFrom(others);
        }
    }

    private static SequencedMap<String, long[]> shapes(LlamaConfig config) {
        SequencedMap<String, long[]> shapes = config.trunkShapes();
        shapes.putAll(ValueHead.shapes(config));
        return shapes;
    }

    /** Starts from the decoder of a policy; the head is zero, and so are all values at first. */
    public static ValueModel startFrom(Path policy, ComputeDevice device) throws IOException {
        ModelDirectory origin = new ModelDirectory(policy);
        Weights weights = origin.read(origin.config().trunkShapes(), device);
        ValueHead.putZero(weights, origin.config());
        return new ValueModel(origin, weights);
    }

    /** Writes a Hugging Face directory, for {@link #read} and for {@code LlamaForTokenClassification}. */
    public void write(Path folder, StoredType type) throws IOException {
        origin.write(folder, weights(), type, "LlamaForTokenClassification", Policy.SHARD_BYTES);
    }

    ValueHead head() {
        return head;
    }

    public Weights weights() {
        return llama.weights();
    }

    /** Returns {@code [rows, width]}; values of padding mean nothing. */
    public Tensor values(TokenBatch batch) {
        return head.values(llama.forward(batch, null));
    }

    @Override
    public void close() {
        weights().close();
    }
}
