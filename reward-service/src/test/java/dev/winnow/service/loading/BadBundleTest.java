package dev.winnow.service.loading;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is wrong with tiny/2, tiny/1 must serve and tiny/2 must be refused. */
class BadBundleTest {
    @TempDir
    private Path root = Path.of("");

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            golden.jsonl | "density": "SUB_SENTENCE" | "density": null
            golden.jsonl | , "response": "It is two in the afternoon." | , "response": null
            golden.jsonl | "rewards": | "sample": {}, "rewards":
            golden.jsonl | "raw_values" | "raw"
            golden.jsonl | {"sample": {"id": "plain" | {}\\n{"sample": {"id": "plain"
            golden.jsonl | {"sample": {"id": "plain" | null\\n{"sample": {"id": "plain"
            tokenizer.json | "unk_token" | "unk_taken"
            tokenizer.json | "[UNK]": 1 | "[UNX]": 1
            """)
    void badFile(String file, String part, String replacement) throws IOException {
        TestingBundles files = new TestingBundles(root);
        files.add("1");
        Path bad = files.add("2");
        TestingBundles.editProven(bad, file, text -> text.replace(part, replacement.replace("\\n", "\n")));
        assertRefusedAlone();
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "null", "[null]", "[0.0, 99.0]"})
    void badValues(String values) throws IOException {
        TestingBundles files = new TestingBundles(root);
        files.add("1");
        Path bad = files.add("2");
        TestingBundles.editProven(
                bad, "golden.jsonl", text -> text.replaceFirst("\"values\": \\[[^\\]]*\\]", "\"values\": " + values));
        assertRefusedAlone();
    }

    @ParameterizedTest
    @CsvSource({"2147483647", "300000000"})
    void absurdMaximum(String tokens) throws IOException {
        TestingBundles files = new TestingBundles(root);
        files.add("1");
        Path bad = files.add("2");
        TestingBundles.edit(
                bad, "reward-model.yaml", t -> t.replace("maximum_tokens: 64", "maximum_tokens: " + tokens));
        assertRefusedAlone();
    }

    @Test
    void versionOfOtherDigits() throws IOException {
        TestingBundles files = new TestingBundles(root);
        files.add("1");
        files.add("2");
        Path bad = files.addAt(Path.of("tiny", "\u0663a"));
        String text = Files.readString(bad.resolve("reward-model.yaml"));
        Files.writeString(bad.resolve("reward-model.yaml"), text.replace("version: '1'", "version: '\u0663a'"));
        try (Bundles bundles = TestingBundles.open(root)) {
            bundles.scan();
            assertThat(bundles.catalog().bundles()).containsOnlyKeys("tiny");
        }
    }

    private void assertRefusedAlone() {
        try (Bundles bundles = TestingBundles.open(root)) {
            bundles.scan();
            assertThat(bundles.state().refused()).containsOnlyKeys("tiny/2");
            assertThat(bundles.catalog().bundles()).containsOnlyKeys("tiny");
        }
    }
}
