package dev.winnow.loadtest.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class BundleTest {
    private static final Path BUNDLES = Path.of("../reward-service/src/test/resources/bundles");

    @Test
    void readsTheInputThatIsAskedFor() throws IOException {
        Bundle response = Bundle.latest(BUNDLES, "tiny/response");
        Bundle grounds = Bundle.latest(BUNDLES, "tiny/grounds");

        assertThat(response.name()).isEqualTo("tiny");
        assertThat(response.rewards()).containsExactly("fluency");
        assertThat(response.tokensForResponse()).isEqualTo(64 - 2);
        assertThat(response.reads("prompt")).isFalse();
        assertThat(grounds.reads("context")).isTrue();
        assertThat(grounds.tokensForResponse()).isEqualTo(64 - 3 - 16);
        assertThat(grounds.pieces().get(1)).isEqualTo(new Piece("response", "", 1, 0));
        assertThat(response.tensors()).containsKeys("input_ids", "attention_mask", "token_type_ids");
    }

    @Test
    void takesTheInputThatMostRewardsRead() throws IOException {
        assertThat(Bundle.latest(Path.of("../reward-models/bundles"), "qa-feedback")
                        .rewards())
                .containsExactly("relevance", "factuality", "completeness", "preference");
        assertThat(Bundle.latest(BUNDLES, "tiny").input())
                .as("of equals the first")
                .isEqualTo("pair");
    }

    @Test
    void saysWhatIsNotThere() {
        assertThatIOException().isThrownBy(() -> Bundle.latest(BUNDLES, "none")).withMessageContaining("none");
        assertThatIOException()
                .isThrownBy(() -> Bundle.latest(BUNDLES, "tiny/none"))
                .withMessageContaining("none (expected: one of [pair, response, grounds])");
    }

    @Test
    void cutsTextsAtWords() throws IOException {
        try (BundleTokenizer tokenizer = BundleTokenizer.open(BUNDLES.resolve("tiny/1"))) {
            String text = "the plan is a good one";
            int tokens = tokenizer.ids(text).length;

            assertThat(tokenizer.cut(text, tokens)).isEqualTo(text);
            for (int most = tokens - 1; most >= tokenizer.ids("the").length; most--) {
                String cut = tokenizer.cut(text, most);
                assertThat(text).startsWith(cut + " ");
                assertThat(tokenizer.ids(cut)).hasSizeLessThanOrEqualTo(most);
                String longer = text.substring(0, (text + " ").indexOf(' ', cut.length() + 1));
                assertThat(tokenizer.ids(longer)).as("one word more").hasSizeGreaterThan(most);
            }
            assertThat(tokenizer.cut(text, 0)).as("at least a word").isEqualTo("the");
            assertThat(tokenizer.idOf("[CLS]")).isEqualTo(2);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> tokenizer.idOf("[NONE]"))
                    .withMessageContaining("[NONE]");
        }
    }
}
