package dev.winnow.ppo.policy;

import dev.winnow.ppo.tensor.ComputeDevice;
import dev.winnow.ppo.tensor.Tensors;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * The keys and values of the columns that a model has read, so that the next token costs one column. For use without
 * gradients. Lives until it is closed.
 */
public final class KeyValueCache implements AutoCloseable {
    /** Of each layer {@code [rows, keyValueHeads, capacity, headWidth]}. */
    private final List<Tensor> keys = new ArrayList<>();

    private final List<Tensor> values = new ArrayList<>();
    private final int capacity;
    private boolean[][] real;
    private int used;

    /** Makes room for a number of columns. */
    KeyValueCache(LlamaConfig config, ComputeDevice device, int rows, int capacity) {
        this.capacity = capacity;
        this.real = new boolean[rows][capacity];
        long[] shape = {rows, config.keyValueHeads(), capacity, config.headWidth()};
        try (PointerScope _ = new PointerScope()) {
            for (int layer = 0; layer < config.layers(); layer++) {
                for (List<Tensor> part : List.of(keys, values)) {
                    part.add(torch.empty(shape, device.options(ScalarType.Float), new MemoryFormatOptional())
                            .retainReference());
                }
            }
        }
    }

    int used() {
        return used;
    }

    boolean isReal(int row, int column) {
        return real[row][column];
    }

    boolean hasPadding() {
        for (boolean[] row : real) {
            for (int column = 0; column < used; column++) {
                if (!row[column]) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Stores a layer's keys of the columns that are being read, and returns those of all columns. */
    Tensor appendKeys(int layer, Tensor columns) {
        return append(keys.get(layer), columns);
    }

    /** Stores a layer's values of the columns that are being read, and returns those of all columns. */
    Tensor appendValues(int layer, Tensor columns) {
        return append(values.get(layer), columns);
    }

    private Tensor append(Tensor store, Tensor columns) {
        long width = columns.size(2);
        store.narrow(2, used, width).copy_(columns);
        return store.narrow(2, 0, used + width);
    }

    /** Ends the reading of a batch, after all its layers have stored theirs. */
    void advance(TokenBatch batch) {
        for (int row = 0; row < batch.rows(); row++) {
            for (int column = 0; column < batch.width(); column++) {
                real[row][used + column] = batch.isReal(row, column);
            }
        }
        used += batch.width();
    }

    /**
     * Refuses a batch that does not fit.
     *
     * @throws IllegalArgumentException naming what does not
     */
    void requireRoomFor(TokenBatch batch) {
        if (batch.rows() != real.length || used + batch.width() > capacity) {
            throw new IllegalArgumentException("cache: %d rows, %d columns (expected: %d rows, at most %d columns)"
                    .formatted(batch.rows(), used + batch.width(), real.length, capacity));
        }
    }

    /** Forgets all rows but some. */
    void keepRows(int[] rows, ComputeDevice device) {
        boolean[][] kept = new boolean[rows.length][];
        long[] indices = new long[rows.length];
        for (int index = 0; index < rows.length; index++) {
            kept[index] = real[rows[index]];
            indices[index] = rows[index];
        }
        real = kept;
        for (List<Tensor> part : List.of(keys, values)) {
            part.replaceAll(store -> {
                try (PointerScope _ = new PointerScope()) {
                    Tensor smaller = store.index_select(0, Tensors.of(indices, device, indices.length));
                    store.releaseReference();
                    return smaller.retainReference();
                }
            });
        }
    }

    @Override
    public void close() {
        for (List<Tensor> part : List.of(keys, values)) {
            part.forEach(Tensor::releaseReference);
            part.clear();
        }
    }
}
