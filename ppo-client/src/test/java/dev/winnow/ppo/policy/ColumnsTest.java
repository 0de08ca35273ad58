package dev.winnow.ppo.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.winnow.ppo.tensor.ComputeDevice;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Worked out by hand; the texts are of two tokens and of one. */
class ColumnsTest {
    private static final List<long[]> TEXTS = List.of(new long[] {5, 6}, new long[] {7});

    @Test
    void paddingOnTheLeft() {
        Columns columns = Columns.of(TokenBatch.leftPadded(TEXTS), null);

        assertThat(columns.positions).containsExactly(0, 1, 0, 0);
        // The third place is padding, and sees itself.
        assertThat(visible(columns)).isEqualTo("10 11 10 01");
    }

    @Test
    void paddingOnTheRight() {
        Columns columns = Columns.of(TokenBatch.rightPadded(TEXTS), null);

        assertThat(columns.positions).containsExactly(0, 1, 0, 1);
        // No token has it before itself, so seeing up to oneself is enough.
        assertThat(columns.visible).isNull();
    }

    @Test
    void noPaddingNeedsNoMask() {
        Columns columns = Columns.of(TokenBatch.leftPadded(List.of(new long[] {5, 6, 7})), null);

        assertThat(columns.positions).containsExactly(0, 1, 2);
        assertThat(columns.visible).isNull();
    }

    @Test
    void columnsBehindACache() {
        LlamaConfig config = new LlamaConfig(10, 4, 4, 1, 1, 1, 4, 16, 1e-6, 10_000, new RotaryScaling.None(), true);
        try (KeyValueCache cache = new KeyValueCache(config, ComputeDevice.CPU, 2, 4)) {
            cache.advance(TokenBatch.rightPadded(TEXTS));
            TokenBatch next = new TokenBatch(2, 1, new long[] {8, 9}, new boolean[] {true, true});

            Columns columns = Columns.of(next, cache);

            assertThat(columns.earlier).isEqualTo(2);
            assertThat(columns.positions).containsExactly(2, 1);
            assertThat(visible(columns)).isEqualTo("111 101");
        }
    }

    /** Returns for each place of the batch, row by row, which columns it sees. */
    private static String visible(Columns columns) {
        boolean[] visible = Objects.requireNonNull(columns.visible);
        int all = visible.length / columns.positions.length;
        StringBuilder text = new StringBuilder();
        for (int index = 0; index < visible.length; index++) {
            text.append(index > 0 && index % all == 0 ? " " : "").append(visible[index] ? 1 : 0);
        }
        return text.toString();
    }
}
