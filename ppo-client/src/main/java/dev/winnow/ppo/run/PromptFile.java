package dev.winnow.ppo.run;

import com.google.gson.JsonObject;
import dev.winnow.ppo.policy.PolicyTokenizer;
import dev.winnow.ppo.rollout.Prompt;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Prompts, one JSON object a line: {@code {"prompt": "...", "context": ["...", ...]}}, the context if there is any. */
final class PromptFile {
    private PromptFile() {}

    /**
     * Reads a file.
     *
     * @param longest most tokens of a prompt
     * @throws RunException where it has no prompt, or one that is malformed, empty or too long, with its line
     */
    static List<Prompt> read(Path file, Template template, PolicyTokenizer tokenizer, int longest)
            throws IOException, RunException {
        List<Prompt> prompts = new ArrayList<>();
        for (JsonLine line : JsonLine.read(file)) {
            JsonObject object = line.object("prompt", "context");
            String text = line.text(object, "prompt");
            List<String> context = line.texts(object, "context");
            long[] tokens = tokenizer.encode(template.apply(text, context));
            if (tokens.length == 0) {
                throw line.refusal("no token", "at least 1");
            }
            if (tokens.length > longest) {
                throw line.refusal(
                        tokens.length + " tokens",
                        "at most %d, so that a response fits behind them".formatted(longest));
            }
            prompts.add(new Prompt(text, context, tokens));
        }
        if (prompts.isEmpty()) {
            throw new RunException(file + ": no prompt (expected: one JSON object a line)");
        }
        return prompts;
    }
}
