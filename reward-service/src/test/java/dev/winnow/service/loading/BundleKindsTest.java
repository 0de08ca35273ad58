package dev.winnow.service.loading;

import static dev.winnow.service.loading.TestingBundles.edit;
import static dev.winnow.service.loading.TestingBundles.editProven;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.winnow.service.pipeline.RewardModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What Hugging Face models need beside the plain encoder: each bundle's golden file was written by another program. */
class BundleKindsTest {
    @TempDir
    private Path root = Path.of("");

    @ParameterizedTest
    @ValueSource(strings = {"tiny-chat", "tiny-int8"})
    void bundleIsProvenAndServes(String bundle) throws IOException {
        try (RewardModel model = TestingBundles.load(new TestingBundles(root).addOther(bundle))) {
            assertThat(model.id().bundle()).isEqualTo(bundle);
        }
    }

    /** Else the test above would prove nothing: each change makes other tokens of some golden sample. */
    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '\0', textBlock = """
            begin: <|begin|> ; begin: <|im_end|>
            Be kind. ; Be rude.
            system: {prefix: '<|im_start|>system ; system: {prefix: '<|im_start|>sytsem
            trim: true ; trim: false
            truncate: left ; truncate: right
            special: <|im_end|> ; special: <|begin|>
            token_type: 1 ; token_type: 0
            """)
    void everyPartOfAChatLayoutIsProven(String part, String replacement) throws IOException {
        Path folder = new TestingBundles(root).addOther("tiny-chat");
        String before = Files.readString(folder.resolve("reward-model.yaml"));
        edit(folder, "reward-model.yaml", text -> text.replace(part, replacement));
        assertThat(before).contains(part);
        assertRefusedStarting(folder, "golden.jsonl: sample ");
    }

    @Test
    void controlTokenThatACallerMayWriteIsNoticed() throws IOException {
        Path folder = new TestingBundles(root).addOther("tiny-chat");
        editProven(folder, "tokenizer.json", text -> text.replace("\"special\": true", "\"special\": false"));
        assertRefusedStarting(folder, "golden.jsonl: sample spelled-special-tokens, ");
    }

    @Test
    void alteredWeightsAreRefused() throws IOException {
        Path folder = new TestingBundles(root).addOther("tiny-chat");
        edit(folder, "model.onnx.data", text -> text + " ");
        assertRefusedStarting(folder, "model.onnx.data: sha256 ");
    }

    @Test
    void missingWeightsAreRefused() throws IOException {
        Path folder = new TestingBundles(root).addOther("tiny-chat");
        Files.delete(folder.resolve("model.onnx.data"));
        assertRefusedStarting(folder, "model.onnx.data: missing");
    }

    @Test
    void weightsWithoutAHashAreRefused() throws IOException {
        Path folder = new TestingBundles(root).addOther("tiny-chat");
        edit(folder, "reward-model.yaml", text -> text.replaceFirst(", model.onnx.data: \\w+", ""));
        assertRefusedStarting(
                folder, "model.onnx.data: not in the files of reward-model.yaml (expected: its sha256 there)");
    }

    @Test
    void weightsThatTheGraphDoesNotTakeAreRefused() throws IOException {
        Path folder = new TestingBundles(root).add("1");
        Files.writeString(folder.resolve("model.onnx.data"), "left over");
        String hash = Sha256.of(folder.resolve("model.onnx.data"));
        edit(folder, "reward-model.yaml", text -> text.replace("files: {", "files: {model.onnx.data: " + hash + ", "));
        assertRefusedStarting(
                folder,
                "reward-model.yaml: files: [model.onnx.data] beside model.onnx (expected: [], from which it takes weights)");
    }

    @Test
    void weightsOfAnotherNameAreRefused() throws IOException {
        Path folder = new TestingBundles(root).addOther("tiny-chat");
        editProven(folder, "model.onnx", text -> text.replace("model.onnx.data", "modelXonnx.data"));
        Files.copy(folder.resolve("model.onnx.data"), folder.resolve("modelXonnx.data"));
        assertRefusedStarting(
                folder,
                "reward-model.yaml: files: [model.onnx.data] beside model.onnx (expected: [modelXonnx.data], from which");
    }

    @Test
    void operatorThatTheRuntimeLacksIsNamed() throws IOException {
        TestingBundles files = new TestingBundles(root);
        files.add("1");
        editProven(files.add("2"), "model.onnx", text -> text.replace("Softmax", "Softmix"));
        try (Bundles bundles = TestingBundles.open(root)) {
            bundles.scan();
            assertThat(bundles.state().refused()).containsOnlyKeys("tiny/2");
            assertThat(bundles.state().refused().get("tiny/2"))
                    .startsWith("model.onnx: ")
                    .contains("Softmix")
                    .hasLineCount(1);
        }
    }

    private static void assertRefusedStarting(Path folder, String message) {
        assertThatThrownBy(() -> TestingBundles.load(folder))
                .isInstanceOf(BundleRefusedException.class)
                .hasMessageStartingWith(message);
    }
}
