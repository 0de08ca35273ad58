package dev.winnow.ppo.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.winnow.ppo.tensor.ModelFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyTokenizerTest {
    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    private Path folder;

    /** The tiny tokenizer has 0 for padding, 1 to begin, 2 to end, 3 for the unknown, then "0" to "9", "a" to "z". */
    @Test
    void encodesAndDecodes() throws IOException {
        try (PolicyTokenizer tokenizer = PolicyTokenizer.read(new ModelDirectory(TestingPolicies.folder("tied")))) {
            assertThat(tokenizer.encode("<s>0ab")).containsExactly(1, 4, 14, 15);
            assertThat(tokenizer.encode("é")).containsExactly(3);
            assertThat(tokenizer.decode(new long[] {1, 4, 14, 15, 2})).isEqualTo("0ab");
            assertThat(tokenizer.endTokens()).containsExactly(2);
        }
    }

    @Test
    void refusesMoreTokensThanTheModelHasEmbeddings() throws IOException {
        Path copy = TestingPolicies.copy("tied", folder.resolve("copy"));
        Path config = copy.resolve("config.json");
        Files.writeString(config, Files.readString(config).replace("\"vocab_size\": 99", "\"vocab_size\": 98"));

        assertThatThrownBy(() -> PolicyTokenizer.read(new ModelDirectory(copy)))
                .isInstanceOf(ModelFileException.class)
                .hasMessage(
                        "%s: vocab: token 98 (expected: below 98, the vocab_size of config.json)",
                        copy.resolve("tokenizer.json"));
    }

    @Test
    void refusesWhatIsNoTokenizer() throws IOException {
        Path copy = TestingPolicies.copy("tied", folder.resolve("copy"));
        Files.writeString(copy.resolve("tokenizer.json"), "{\"model\": {}}");

        assertThatThrownBy(() -> PolicyTokenizer.read(new ModelDirectory(copy)))
                .isInstanceOf(ModelFileException.class)
                .hasMessageStartingWith(copy.resolve("tokenizer.json") + ": ");
    }
}
