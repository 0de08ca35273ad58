package dev.winnow.ppo.policy;

import dev.winnow.ppo.tensor.ComputeDevice;
import dev.winnow.ppo.tensor.Scopes;
import dev.winnow.ppo.tensor.Tensors;
import dev.winnow.ppo.tensor.Weights;
import java.util.Arrays;
import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/** The decoder without what reads its hidden states: embeddings, layers, final norm. */
record Llama(LlamaConfig config, Weights weights) {
    /**
     * Returns the hidden states {@code [rows, width, config.width()]} of a batch; those of padding mean nothing.
     *
     * @param cache has the columns before the batch, and takes the batch's own; null where there are none
     */
    Tensor forward(TokenBatch batch, @Nullable KeyValueCache cache) {
        requireKnownIds(batch);
        if (cache != null) {
            cache.requireRoomFor(batch);
        }
        return Scopes.keep(() -> {
            DecoderLayer.Context context = context(batch, cache);
            Tensor ids = batch.ids(device());
            Tensor hidden = torch.embedding(weights.get(LlamaConfig.EMBEDDINGS), ids);
            for (int layer = 0; layer < config.layers(); layer++) {
                hidden = new DecoderLayer(config, weights, layer).forward(hidden, context);
            }
            if (cache != null) {
                cache.advance(batch);
            }
            return norm(hidden, weights.get(LlamaConfig.FINAL_NORM), config);
        });
    }

    ComputeDevice device() {
        return weights.device();
    }

    private DecoderLayer.Context context(TokenBatch batch, @Nullable KeyValueCache cache) {
        Columns columns = Columns.of(batch, cache);
        long last = Arrays.stream(columns.positions).max().orElseThrow();
        if (last >= config.maximumPositions()) {
            throw new IllegalArgumentException("batch: position %d (expected: below %d, which the model allows)"
                    .formatted(last, config.maximumPositions()));
        }
        boolean[] visible = columns.visible;
        int all = columns.earlier + batch.width();
        Tensor mask = visible == null ? null : Tensors.of(visible, device(), batch.rows(), 1, batch.width(), all);
        RotaryEmbedding rotary = RotaryEmbedding.of(config, columns.positions, batch.rows(), device());
        return new DecoderLayer.Context(rotary, mask, mask == null && batch.width() > 1, cache);
    }

    /** PyTorch reads whatever lies behind the embeddings on some devices. */
    private void requireKnownIds(TokenBatch batch) {
        for (int row = 0; row < batch.rows(); row++) {
            for (int column = 0; column < batch.width(); column++) {
                long id = batch.id(row, column);
                if (id < 0 || id >= config.vocabularySize()) {
                    throw new IllegalArgumentException(
                            "batch: token %d (expected: from 0 to %d)".formatted(id, config.vocabularySize() - 1));
                }
            }
        }
    }

    static Tensor norm(Tensor hidden, Tensor weight, LlamaConfig config) {
        return torch.rms_norm(
                hidden,
                new long[] {config.width()},
                new TensorOptional(weight),
                new DoubleOptional(config.normEpsilon()));
    }
}
