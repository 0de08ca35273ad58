package dev.winnow.service.text.hf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.winnow.service.text.Tokenizer;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VocabularyTest {
    private static final String UNIGRAM = """
            {"version": "1.0", "truncation": null, "padding": null,
             "added_tokens": [{"id": 3, "content": "<s>", "single_word": false, "lstrip": false, "rstrip": false,
                               "normalized": false, "special": true}],
             "normalizer": null, "pre_tokenizer": null, "post_processor": null, "decoder": null,
             "model": {"type": "Unigram", "unk_id": 0, "vocab": [["<unk>", 0.0], ["a", -1.0], ["b", -2.0]]}}
            """;

    @TempDir
    private Path folder = Path.of("");

    @Test
    void idsOfAUnigramModelAreThePlacesInItsList() throws IOException {
        try (Tokenizer tokenizer = open(UNIGRAM)) {
            assertThat(tokenizer.idOf("<unk>")).hasValue(0);
            assertThat(tokenizer.idOf("b")).hasValue(2);
            assertThat(tokenizer.idOf("<s>")).hasValue(3);
            assertThat(tokenizer.tokenize("ba").ids()).containsExactly(2, 1);
        }
    }

    @Test
    void fileThatIsNotJsonCannotBeOpened() {
        assertThatThrownBy(() -> open("{")).isInstanceOf(IOException.class).hasMessageContaining("end-of-input");
    }

    @Test
    void fileThatIsMissingCannotBeOpened() {
        assertThatThrownBy(() -> HuggingFaceTokenizerAdapter.open(folder.resolve("absent.json")))
                .isInstanceOf(FileNotFoundException.class)
                .hasMessageContaining("absent.json");
    }

    private Tokenizer open(String json) throws IOException {
        return HuggingFaceTokenizerAdapter.open(Files.writeString(folder.resolve("tokenizer.json"), json));
    }
}
