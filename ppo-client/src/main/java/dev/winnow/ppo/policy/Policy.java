package dev.winnow.ppo.policy;

import dev.winnow.ppo.tensor.ComputeDevice;
import dev.winnow.ppo.tensor.StoredType;
import dev.winnow.ppo.tensor.Tensors;
import dev.winnow.ppo.tensor.Weights;
import java.io.IOException;
import java.nio.file.Path;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * A language model of the Llama family, in fp32. Tensors that it returns belong to the caller's scope
 * ({@link dev.winnow.ppo.tensor.Scopes}); gradients are kept where the weights are trainable and the caller has no
 * {@code NoGradGuard}. Not safe for several threads.
 */
public final class Policy implements AutoCloseable {
    /** Where transformers begins another shard. */
    static final long SHARD_BYTES = 5_000_000_000L;

    private final ModelDirectory origin;
    private final Llama llama;

    private Policy(ModelDirectory origin, Weights weights) {
        this.origin = origin;
        this.llama = new Llama(origin.config(), weights);
    }

    /**
     * Reads a Hugging Face directory.
     *
     * @throws dev.winnow.ppo.tensor.ModelFileException where it holds something else than a Llama model
     */
    public static Policy read(Path folder, ComputeDevice device) throws IOException {
        ModelDirectory origin = new ModelDirectory(folder);
        return new Policy(origin, origin.read(origin.config().shapes(), device));
    }

    /** Takes the weights of another directory with a model of the same shape; all else stays. */
    public void readWeights(Path folder) throws IOException {
        try (Weights others =
                new ModelDirectory(folder).read(config().shapes(), weights().device())) {
            weights().copyFrom(others);
        }
    }

    /** Writes a Hugging Face directory: these weights, the tokenizer of the directory that the policy was read from. */
    public void write(Path folder, StoredType type) throws IOException {
        write(folder, type, SHARD_BYTES);
    }

    void write(Path folder, StoredType type, long shardBytes) throws IOException {
        origin.write(folder, weights(), type, "LlamaForCausalLM", shardBytes);
    }

    public LlamaConfig config() {
        return llama.config();
    }

    public Weights weights() {
        return llama.weights();
    }

    /** Returns {@code [rows, width, vocabulary]}: at each token, the logits of the token after it. */
    public Tensor logits(TokenBatch batch) {
        return logitsOf(hidden(batch));
    }

    /** Returns the hidden states {@code [rows, width, config.width()]} that logits, and values, are read from. */
    public Tensor hidden(TokenBatch batch) {
        return llama.forward(batch, null);
    }

    /** Returns the logits of hidden states, in the last dimension. */
    public Tensor logitsOf(Tensor hidden) {
        boolean tied = config().tiedEmbeddings();
        return torch.linear(hidden, weights().get(tied ? LlamaConfig.EMBEDDINGS : LlamaConfig.OUTPUT));
    }

    /** Returns an empty cache for {@link #nextLogits}. */
    public KeyValueCache cache(int rows, int columns) {
        return new KeyValueCache(config(), weights().device(), rows, columns);
    }

    /**
     * Reads a batch behind what a cache holds. Without gradients only.
     *
     * @return {@code [rows, vocabulary]}: the logits of the token after the last one of each row that is no padding; a
     *     row of padding alone has meaningless ones
     */
    public Tensor nextLogits(TokenBatch batch, KeyValueCache cache) {
        Tensor hidden = llama.forward(batch, cache);
        long[] last = new long[batch.rows()];
        for (int row = 0; row < batch.rows(); row++) {
            for (int column = 0; column < batch.width(); column++) {
                last[row] = batch.isReal(row, column) ? column : last[row];
            }
        }
        Tensor columns = Tensors.of(last, weights().device(), batch.rows(), 1, 1);
        Tensor lastHidden = hidden.gather(1, columns.expand(batch.rows(), 1, config().width()));
        return logitsOf(lastHidden.select(1, 0));
    }

    @Override
    public void close() {
        weights().close();
    }
}
