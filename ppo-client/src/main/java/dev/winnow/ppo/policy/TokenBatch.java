package dev.winnow.ppo.policy;

import dev.winnow.ppo.tensor.ComputeDevice;
import dev.winnow.ppo.tensor.Tensors;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * Token ids of several texts as one rectangle, whose gaps are padding. What a row yields does not depend on where its
 * padding is, nor on its neighbours, but for rounding. Immutable.
 */
public final class TokenBatch {
    private final int rows;
    private final int width;
    private final long[] ids;
    private final boolean[] real;

    /**
     * Makes a batch of arrays, which are not copied.
     *
     * @param ids {@code [rows, width]}, row by row
     * @param real {@code [rows, width]}, whether a place is a token and no padding
     */
    TokenBatch(int rows, int width, long[] ids, boolean[] real) {
        if (rows < 1 || width < 1 || ids.length != rows * width || real.length != ids.length) {
            throw new IllegalArgumentException("batch: %d ids, %d marks (expected: %d rows of %d, at least one)"
                    .formatted(ids.length, real.length, rows, width));
        }
        this.rows = rows;
        this.width = width;
        this.ids = ids;
        this.real = real;
    }

    /** Returns the texts with padding before the shorter ones, so that all end together. */
    public static TokenBatch leftPadded(List<long[]> texts) {
        return padded(texts, true);
    }

    /** Returns the texts with padding after the shorter ones. */
    public static TokenBatch rightPadded(List<long[]> texts) {
        return padded(texts, false);
    }

    private static TokenBatch padded(List<long[]> texts, boolean left) {
        int width = texts.stream().mapToInt(text -> text.length).max().orElse(0);
        long[] ids = new long[texts.size() * width];
        boolean[] real = new boolean[ids.length];
        for (int row = 0; row < texts.size(); row++) {
            long[] text = texts.get(row);
            if (text.length == 0) {
                throw new IllegalArgumentException(
                        "batch: row %d is empty (expected: at least one token)".formatted(row));
            }
            int begin = row * width + (left ? width - text.length : 0);
            System.arraycopy(text, 0, ids, begin, text.length);
            Arrays.fill(real, begin, begin + text.length, true);
        }
        return new TokenBatch(texts.size(), width, ids, real);
    }

    public int rows() {
        return rows;
    }

    public int width() {
        return width;
    }

    /** Returns the ids as an int64 tensor {@code [rows, width]}; those of padding mean nothing. */
    public Tensor ids(ComputeDevice device) {
        return Tensors.of(ids, device, rows, width);
    }

    /** Returns as truth values {@code [rows, width]} which places are tokens and no padding. */
    public Tensor real(ComputeDevice device) {
        return Tensors.of(real, device, rows, width);
    }

    long id(int row, int column) {
        return ids[row * width + column];
    }

    boolean isReal(int row, int column) {
        return real[row * width + column];
    }

    /** Returns whether a token has padding somewhere before it in its row. */
    boolean hasPaddingBeforeTokens() {
        for (int place = 1; place < real.length; place++) {
            if (real[place] && !real[place - 1] && place % width != 0) {
                return true;
            }
        }
        return false;
    }
}
