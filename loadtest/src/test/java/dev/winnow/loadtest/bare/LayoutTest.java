package dev.winnow.loadtest.bare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.winnow.loadtest.bundle.Bundle;
import dev.winnow.loadtest.bundle.BundleTokenizer;
import java.io.IOException;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class LayoutTest {
    private static final Path TINY = Path.of("../reward-service/src/test/resources/bundles/tiny/1");

    @Test
    void putsSpecialTokensAroundTheResponse() {
        Layout layout = new Layout(List.of(2L), List.of(3L, 4L), new Layout.Types(List.of(0), 1, List.of(1, 0)));
        Layout.Row row = layout.row(new long[] {10, 11});
        LongBuffer buffer = LongBuffer.allocate(8);

        assertThat(row.width()).isEqualTo(5);
        assertThat(values(row.fill("input_ids", buffer))).containsExactly(2, 10, 11, 3, 4);
        assertThat(values(row.fill("token_type_ids", buffer))).containsExactly(0, 1, 1, 1, 0);
        assertThat(values(row.fill("attention_mask", buffer))).containsExactly(1, 1, 1, 1, 1);
        assertThatIllegalArgumentException().isThrownBy(() -> row.fill("position_ids", buffer));
    }

    @Test
    void readsTheInputOfABundle() throws IOException {
        try (BundleTokenizer tokenizer = BundleTokenizer.open(TINY)) {
            assertThat(Layout.of(Bundle.open(TINY, "response"), tokenizer))
                    .isEqualTo(new Layout(List.of(2L), List.of(3L), new Layout.Types(List.of(0), 0, List.of(0))));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Layout.of(Bundle.open(TINY, "pair"), tokenizer))
                    .withMessageContaining("prompt");
        }
    }

    private static long[] values(LongBuffer buffer) {
        long[] values = new long[buffer.remaining()];
        buffer.get(values);
        return values;
    }
}
