package dev.winnow.service.loading;

import static dev.winnow.service.loading.TestingBundles.edit;
import static dev.winnow.service.loading.TestingBundles.editProven;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.winnow.service.domain.ModelId;
import dev.winnow.service.pipeline.RewardModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BundleLoaderTest {
    @TempDir
    private Path root = Path.of("");

    private Path folder = Path.of("");

    @BeforeEach
    void copyTheTinyBundle() throws IOException {
        folder = new TestingBundles(root).add("1");
    }

    @Test
    void digestIsTheHashOfTheManifest() throws IOException {
        try (RewardModel model = TestingBundles.load(folder)) {
            assertThat(model.id())
                    .isEqualTo(new ModelId("tiny", "1", "sha256:" + Sha256.of(folder.resolve("reward-model.yaml"))));
            assertThat(model.manifest().rewards()).containsOnlyKeys("quality", "fluency", "support");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"model.onnx", "tokenizer.json", "golden.jsonl"})
    void alteredFileIsRefusedWithBothHashes(String file) throws IOException {
        String expected = Sha256.of(folder.resolve(file));
        edit(folder, file, text -> text + "\n");
        assertRefused("%s: sha256 %s (expected: %s, as reward-model.yaml says)"
                .formatted(file, Sha256.of(folder.resolve(file)), expected));
    }

    @Test
    void bundleForWhichThereIsNoMemoryIsRefused() {
        assertThatThrownBy(() -> new BundleLoader().load(folder, digest -> {
                    throw new OutOfMemoryError("Java heap space");
                }))
                .isInstanceOf(BundleRefusedException.class)
                .hasMessage("not enough memory: Java heap space");
    }

    @Test
    void bundleThatIsNotWantedIsCheckedAndNotOpened() throws IOException {
        assertThat(new BundleLoader().load(folder, digest -> false)).isEmpty();
        edit(folder, "model.onnx", text -> text + " ");
        assertThatThrownBy(() -> new BundleLoader().load(folder, digest -> false))
                .isInstanceOf(BundleRefusedException.class);
    }

    @Test
    void modelThatCannotRunItsLongestRowIsRefused() throws IOException {
        edit(folder, "reward-model.yaml", text -> text.replace("maximum_tokens: 64", "maximum_tokens: 1048576"));
        assertThatThrownBy(() -> TestingBundles.load(folder))
                .isInstanceOf(BundleRefusedException.class)
                .hasMessageStartingWith("run of ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"model.onnx", "tokenizer.json", "golden.jsonl"})
    void missingFileIsRefused(String file) throws IOException {
        Files.delete(folder.resolve(file));
        assertRefused(file + ": missing");
    }

    @Test
    void missingManifestIsRefused() throws IOException {
        Files.delete(folder.resolve("reward-model.yaml"));
        assertRefused("cannot be read: java.nio.file.NoSuchFileException: " + folder.resolve("reward-model.yaml"));
    }

    @Test
    void faultOfTheManifestIsRefusedWithItsPlace() throws IOException {
        edit(folder, "reward-model.yaml", text -> text.replace("link: linear", "link: cubic"));
        assertRefused("reward-model.yaml: rewards.quality.link: cubic (expected: one of sigmoid, softmax, linear)");
    }

    @Test
    void folderOfAnotherNameIsRefused() throws IOException {
        folder = new TestingBundles(root).addAt(Path.of("small", "1"));
        assertRefused("folder: %s (expected: tiny/1, the name and version in reward-model.yaml)".formatted(folder));
    }

    @Test
    void folderOfAnotherVersionIsRefused() throws IOException {
        folder = new TestingBundles(root).addAt(Path.of("tiny", "2"));
        assertRefused("folder: %s (expected: tiny/1, the name and version in reward-model.yaml)".formatted(folder));
    }

    @Test
    void modelThatIsNoneIsRefused() throws IOException {
        editProven(folder, "model.onnx", text -> "no model");
        assertRefusedStarting("model.onnx: ");
    }

    @Test
    void tokenizerThatIsNoneIsRefused() throws IOException {
        editProven(folder, "tokenizer.json", text -> "{}");
        assertRefusedStarting("tokenizer.json: ");
    }

    @Test
    void tensorThatTheModelLacksIsRefused() throws IOException {
        replaceInManifest("output: quality_logits", "output: other");
        assertRefusedStarting("reward-model.yaml: rewards.quality: output other (expected: one of the outputs");
    }

    @Test
    void specialTokenThatTheTokenizerLacksIsRefused() throws IOException {
        replaceInManifest("special: '[CLS]'", "special: '<s>'");
        assertRefusedStarting("reward-model.yaml: inputs.");
    }

    private void replaceInManifest(String part, String replacement) throws IOException {
        UnaryOperator<String> change = text -> text.replace(part, replacement);
        edit(folder, "reward-model.yaml", change);
    }

    private void assertRefused(String message) {
        assertThatThrownBy(() -> TestingBundles.load(folder))
                .isInstanceOf(BundleRefusedException.class)
                .hasMessage(message);
    }

    private void assertRefusedStarting(String message) {
        assertThatThrownBy(() -> TestingBundles.load(folder))
                .isInstanceOf(BundleRefusedException.class)
                .hasMessageStartingWith(message);
    }
}
