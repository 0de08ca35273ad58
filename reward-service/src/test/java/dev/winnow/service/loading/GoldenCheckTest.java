package dev.winnow.service.loading;

import static dev.winnow.service.loading.TestingBundles.editProven;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.winnow.service.pipeline.RewardModel;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GoldenCheckTest {
    private static final String ADDED = """
            {"sample": {"id": "steps", "prompt": "Why?", "response": "It is two.", "segment_ends": [6, 10]}, "rewards": [{"reward": "quality", "density": "STEP", "starts": [0, 6], "ends": [6, 10], "raw_values": [VALUE, VALUE], "values": [VALUE, VALUE]}]}
            """;

    @TempDir
    private Path root = Path.of("");

    private Path folder = Path.of("");

    @BeforeEach
    void copyTheTinyBundle() throws IOException {
        folder = new TestingBundles(root).add("1");
    }

    /** The tolerance is 0.0001, and 0.00005 is added to the values. */
    @Test
    void differenceWithinTheToleranceIsAccepted() throws IOException {
        replaceFirstValue("values", firstValue() + 0.00005);
        try (RewardModel model = TestingBundles.load(folder)) {
            assertThat(model.id().bundle()).isEqualTo("tiny");
        }
    }

    @Test
    void differencePastTheToleranceIsRefused() throws IOException {
        double expected = firstValue() + 0.0002;
        replaceFirstValue("values", expected);
        assertThatThrownBy(() -> TestingBundles.load(folder))
                .isInstanceOf(BundleRefusedException.class)
                .hasMessageStartingWith("golden.jsonl: sample plain, quality at SUB_SENTENCE: values[0] is ")
                .hasMessageEndingWith(" (expected: %s within 1.0E-4)", expected);
    }

    @Test
    void rawValuesAndNotANumberAreComparedToo() throws IOException {
        replaceFirstValue("values", Double.NaN);
        assertThatThrownBy(() -> TestingBundles.load(folder))
                .isInstanceOf(BundleRefusedException.class)
                .hasMessageEndingWith(" (expected: NaN within 1.0E-4)");
        folder = new TestingBundles(root.resolve("again")).add("1");
        replaceFirstValue("raw_values", 50);
        assertThatThrownBy(() -> TestingBundles.load(folder))
                .isInstanceOf(BundleRefusedException.class)
                .hasMessageStartingWith("golden.jsonl: sample plain, quality at SUB_SENTENCE: raw_values[0] is ")
                .hasMessageEndingWith(" (expected: 50.0 within 1.0E-4)");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            "ends": [10, 34] | "ends": [10, 33] | golden.jsonl: sample short-prompt, quality at SUB_SENTENCE: segments [0, 11] to [10, 34] (expected: [0, 11] to [10, 33])
            "starts": [0, 11] | "starts": [0] | golden.jsonl: sample short-prompt, quality at SUB_SENTENCE: segments [0, 11] to [10, 34] (expected: [0] to [10, 34])
            "reward": "quality" | "reward": "beauty" | golden.jsonl: sample plain, beauty at SUB_SENTENCE: reward: beauty (expected: one of [tiny/fluency, tiny/quality, tiny/support])
            "density": "SENTENCE" | "density": "TOKEN" | golden.jsonl: sample plain, quality at TOKEN: density: TOKEN of quality
            "density": "SUB_SENTENCE" | "density": "STEP" | golden.jsonl: sample plain, quality at STEP: segment_ends: absent
            "density": "SENTENCE" | "density": "SUB_SENTENCE" | golden.jsonl: nothing for quality at SENTENCE (expected: at least one sample with a segment)
            "density": "SENTENCE" | "density": "PARAGRAPH" | golden.jsonl: line 1: Cannot deserialize
            "sample": | "simple": {}, "sample": | golden.jsonl: line 1: Unrecognized field "simple"
            "prompt": "Any news?" | "prompt": "Any news?", "messages": [] | golden.jsonl: sample short-prompt: prompt and messages (expected: at most one of them)
            "prompt": "Any news?" | "messages": [{"role": "user", "content": "a"}] | golden.jsonl: sample short-prompt, quality at SUB_SENTENCE: messages: 1 turns (expected: a prompt;
            "prompt": "Any news?" | "prompt": " " | golden.jsonl: sample short-prompt, quality at SUB_SENTENCE: prompt: blank
            "context": ["The time is two."], | | golden.jsonl: sample plain, support at SUB_SENTENCE: context: absent
            "context": ["No word of it."] | "context": "No" | golden.jsonl: line 6: Cannot construct
            A rude line and the last one. | The last one was rude. | golden.jsonl: sample short-prompt, support at SUB_SENTENCE: values[0] is
            """)
    void goldenFileThatDoesNotFitIsRefused(String part, String replacement, String message) throws IOException {
        replaceInGolden(part, replacement == null ? "" : replacement);
        assertThatThrownBy(() -> TestingBundles.load(folder))
                .isInstanceOf(BundleRefusedException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void emptyGoldenFileIsRefused() throws IOException {
        editProven(folder, "golden.jsonl", text -> "");
        assertThatThrownBy(() -> TestingBundles.load(folder))
                .isInstanceOf(BundleRefusedException.class)
                .hasMessage("golden.jsonl: empty (expected: at least one sample)");
    }

    @Test
    void stepsAreComparedWhereTheFileHasThem() throws IOException {
        editProven(folder, "golden.jsonl", text -> text + ADDED.replace("VALUE", "99.0"));
        assertThatThrownBy(() -> TestingBundles.load(folder))
                .isInstanceOf(BundleRefusedException.class)
                .hasMessageContaining("sample steps, quality at STEP: values[0] is")
                .hasMessageEndingWith("(expected: 99.0 within 1.0E-4)");
    }

    @Test
    void modelThatFailsIsRefused() throws IOException {
        TestingBundles.edit(
                folder, "reward-model.yaml", text -> text.replace("maximum_tokens: 64", "maximum_tokens: 20"));
        assertThatThrownBy(() -> TestingBundles.load(folder))
                .isInstanceOf(BundleRefusedException.class)
                .hasMessageContaining("quality at SUB_SENTENCE: response: ")
                .hasMessageEndingWith("20 in all)");
    }

    /** What the file says for the first sample's first reward. */
    private double firstValue() throws IOException {
        return GoldenFile.read(folder.resolve("golden.jsonl"))
                .lines()
                .getFirst()
                .rewards()
                .getFirst()
                .values()
                .getFirst();
    }

    private void replaceFirstValue(String key, double value) throws IOException {
        String shown = Double.isNaN(value) ? "\"NaN\"" : String.valueOf(value);
        editProven(
                folder,
                "golden.jsonl",
                text -> text.replaceFirst("\"%s\": \\[[^,\\]]*".formatted(key), "\"%s\": [%s".formatted(key, shown)));
    }

    private void replaceInGolden(String part, String replacement) throws IOException {
        editProven(folder, "golden.jsonl", text -> text.replace(part, replacement));
    }
}
