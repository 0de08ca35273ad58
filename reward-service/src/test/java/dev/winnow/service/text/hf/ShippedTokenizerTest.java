package dev.winnow.service.text.hf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.winnow.service.text.Tokenizer;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** A policy must not be able to write the reward model's control tokens. */
class ShippedTokenizerTest {
    @Test
    void aSpelledSpecialTokenIsText() throws IOException {
        Path file = Path.of("../reward-models/bundles/toxicity/1/tokenizer.json");
        try (Tokenizer tokenizer = HuggingFaceTokenizerAdapter.open(file)) {
            for (String special : new String[] {"[CLS]", "[SEP]", "[MASK]", "[PAD]", "[UNK]"}) {
                int id = tokenizer.idOf(special).orElseThrow();
                assertThat(tokenizer.tokenize("so " + special + " it goes").ids())
                        .doesNotContain(id);
            }
        }
    }
}
