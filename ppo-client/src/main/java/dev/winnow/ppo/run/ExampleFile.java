package dev.winnow.ppo.run;

import com.google.gson.JsonObject;
import dev.winnow.ppo.policy.PolicyTokenizer;
import dev.winnow.ppo.run.SupervisedKeys.TooLong;
import dev.winnow.ppo.sft.Example;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Examples, one JSON object a line: {@code {"prompt": "...", "context": [...], "response": "..."}}, the context if there
 * is any, of which the response is learnt; or {@code {"text": "..."}}, of which all is learnt but the first token.
 *
 * @param longest most tokens of an example
 * @param endToken stands behind each
 */
record ExampleFile(Template template, PolicyTokenizer tokenizer, long endToken, int longest, TooLong tooLong) {
    /**
     * Reads a file.
     *
     * @throws RunException where it has no example, or one that is malformed or too long, with its line
     */
    List<Example> read(Path file) throws IOException, RunException {
        List<Example> examples = new ArrayList<>();
        for (JsonLine line : JsonLine.read(file)) {
            JsonObject object = line.object("text", "prompt", "context", "response");
            examples.add(object.has("text") ? whole(line, object) : answer(line, object));
        }
        if (examples.isEmpty()) {
            throw new RunException(file + ": no example (expected: one JSON object a line)");
        }
        return examples;
    }

    private Example whole(JsonLine line, JsonObject object) throws RunException {
        if (object.size() > 1) {
            throw line.refusal("text with " + object.keySet(), "text alone, or prompt and response");
        }
        long[] tokens = fitting(line, ended(tokenizer.encode(line.text(object, "text"))));
        if (tokens.length < 2) {
            throw line.refusal("no token", "at least 1");
        }
        return new Example(Arrays.copyOf(tokens, 1), Arrays.copyOfRange(tokens, 1, tokens.length));
    }

    private Example answer(JsonLine line, JsonObject object) throws RunException {
        long[] prompt = tokenizer.encode(template.apply(line.text(object, "prompt"), line.texts(object, "context")));
        long[] response = ended(tokenizer.encodeBehind(line.text(object, "response")));
        if (prompt.length == 0) {
            throw line.refusal("prompt: no token", "at least 1");
        }
        if (prompt.length >= longest) {
            throw line.refusal("prompt: %d tokens".formatted(prompt.length), "below " + longest);
        }
        long[] both = Arrays.copyOf(prompt, prompt.length + response.length);
        System.arraycopy(response, 0, both, prompt.length, response.length);
        return new Example(
                prompt, Arrays.copyOfRange(fitting(line, both), prompt.length, Math.min(both.length, longest)));
    }

    private long[] fitting(JsonLine line, long[] tokens) throws RunException {
        if (tokens.length <= longest) {
            return tokens;
        }
        return switch (tooLong) {
            case REFUSE ->
                throw line.refusal(tokens.length + " tokens", "at most %d, or data.too_long: cut".formatted(longest));
            case CUT -> Arrays.copyOf(tokens, longest);
        };
    }

    private long[] ended(long[] tokens) {
        long[] longer = Arrays.copyOf(tokens, tokens.length + 1);
        longer[tokens.length] = endToken;
        return longer;
    }
}
