package dev.winnow.ppo.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.winnow.ppo.policy.ModelDirectory;
import dev.winnow.ppo.policy.PolicyTokenizer;
import dev.winnow.ppo.rollout.Prompt;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PromptFileTest {
    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    private Path folder;

    @Test
    void promptsAreLaidOutForThePolicy() throws Exception {
        List<Prompt> prompts =
                prompts("{\"prompt\": \"{context}\", \"context\": [\"ab\", \"cd\"]}\n\n{\"prompt\": \"x\"}\n", 64);

        assertThat(prompts).extracting(Prompt::text).containsExactly("{context}", "x");
        assertThat(prompts.getFirst().context()).containsExactly("ab", "cd");
        // One token a character: the passages with a line break between them, and the prompt as it is.
        assertThat(prompts.getFirst().tokens()).hasSize("ab\ncd-{context}".length());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        {'prompt': 'a'}X{                              | line 2: { (expected: one JSON object)
        {'prompt': 1}                                  | line 1: prompt: 1 (expected: text)
        {'context': []}                                | line 1: prompt: missing (expected: text)
        {'prompt': 'a', 'context': 'b'}                | line 1: context: "b" (expected: a list of texts)
        {'prompt': 'a', 'answer': 'b'}                 | line 1: 'answer' (expected: prompt, context)
        {'prompt': 'a', 'prompt': 'b'}                 | line 1: prompt: twice (expected: once)
        {'prompt': '\\ud800'}                          | line 1: prompt: half of a surrogate pair (expected: Unicode text)
        {'prompt': 'abcd'}                             | line 1: 5 tokens (expected: at most 4, so that a response fits behind them)
        """)
    void refusesPrompts(String content, String message) {
        Path file = folder.resolve("prompts.jsonl");

        assertThatThrownBy(() -> prompts(content.replace('\'', '"').replace('X', '\n'), 4))
                .isInstanceOf(RunException.class)
                .hasMessage(file + ": " + message);
    }

    @Test
    void refusesFilesWithoutPrompts() {
        Path file = folder.resolve("prompts.jsonl");

        assertThatThrownBy(() -> prompts("\n", 9)).hasMessage(file + ": no prompt (expected: one JSON object a line)");
        assertThatThrownBy(() -> JsonLine.read(folder.resolve("none")))
                .hasMessage(folder.resolve("none") + ": missing (expected: a file)");
        assertThatThrownBy(() -> JsonLine.read(Files.write(file, "é".getBytes(StandardCharsets.ISO_8859_1))))
                .hasMessage(file + ": no UTF-8 (expected: JSON lines)");
    }

    private List<Prompt> prompts(String content, int longest) throws IOException, RunException {
        Path file = Files.writeString(folder.resolve("prompts.jsonl"), content);
        ModelDirectory model = new ModelDirectory(TestingTask.POLICIES.resolve("tied"));
        try (PolicyTokenizer tokenizer = PolicyTokenizer.read(model)) {
            return PromptFile.read(file, new Template("{context}-{prompt}"), tokenizer, longest);
        }
    }
}
