package dev.winnow.ppo.policy;

import org.jspecify.annotations.Nullable;

/**
 * What each token of a batch sees and where it stands: itself and the tokens before it in its row, no padding; and its
 * position is their number, so that padding does not count. Earlier columns are those of a cache.
 */
final class Columns {
    final int earlier;
    /** {@code [rows, width]} of the batch's own columns. */
    final long[] positions;
    /**
     * {@code [rows, width, earlier + width]}; null where no token has padding before it, and either one token of a row
     * sees all or there are no earlier columns. What padding sees behind the tokens of its row is of no consequence.
     */
    final boolean @Nullable [] visible;

    private Columns(int earlier, long[] positions, boolean @Nullable [] visible) {
        this.earlier = earlier;
        this.positions = positions;
        this.visible = visible;
    }

    static Columns of(TokenBatch batch, @Nullable KeyValueCache cache) {
        int earlier = cache == null ? 0 : cache.used();
        long[] positions = new long[batch.rows() * batch.width()];
        boolean padding = batch.hasPaddingBeforeTokens() || (cache != null && cache.hasPadding());
        boolean masked = padding || (earlier > 0 && batch.width() > 1);
        int all = earlier + batch.width();
        boolean[] visible = masked ? new boolean[positions.length * all] : null;
        for (int row = 0; row < batch.rows(); row++) {
            boolean[] real = new boolean[all];
            long position = 0;
            for (int column = 0; column < earlier; column++) {
                real[column] = cache != null && cache.isReal(row, column);
                position += real[column] ? 1 : 0;
            }
            for (int column = 0; column < batch.width(); column++) {
                int place = row * batch.width() + column;
                real[earlier + column] = batch.isReal(row, column);
                positions[place] = position;
                position += real[earlier + column] ? 1 : 0;
                if (visible != null) {
                    int begin = place * all;
                    System.arraycopy(real, 0, visible, begin, earlier + column);
                    // Padding sees itself at least: not every kernel of PyTorch has a softmax over nothing that is no
                    // NaN.
                    visible[begin + earlier + column] = true;
                }
            }
        }
        return new Columns(earlier, positions, visible);
    }
}
