package dev.winnow.ppo.run;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.winnow.ppo.ppo.Evaluation;
import dev.winnow.ppo.ppo.TokenRows;
import dev.winnow.ppo.rollout.Rollout;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** {@code samples.jsonl}: responses to the held-out prompts, with the rewards of their tokens. */
final class SamplesFile {
    private SamplesFile() {}

    /**
     * Adds a line for each response of an evaluation.
     *
     * @param step the last one before it; -1 for none
     */
    static void append(Path file, int step, Evaluation evaluation) throws IOException {
        List<TokenRows> placed = IntStream.range(0, evaluation.rewards().size())
                .mapToObj(evaluation::placed)
                .toList();
        TokenRows combined = evaluation.combined();
        List<JsonObject> samples = new ArrayList<>();
        for (int row = 0; row < evaluation.rollouts().size(); row++) {
            Rollout rollout = evaluation.rollouts().get(row);
            JsonObject rewards = new JsonObject();
            for (int reward = 0; reward < placed.size(); reward++) {
                rewards.add(
                        evaluation.rewards().get(reward).name(),
                        array(placed.get(reward).row(row)));
            }
            JsonObject sample = new JsonObject();
            sample.addProperty("step", step);
            sample.addProperty("prompt", rollout.prompt().text());
            sample.addProperty("response", rollout.text().response());
            sample.add("token_ends", ends(rollout.text().ends()));
            sample.add("rewards", rewards);
            sample.add("combined", array(combined.row(row)));
            samples.add(sample);
        }
        try (LineFile lines = new LineFile(file)) {
            lines.append(samples);
        }
    }

    private static JsonArray ends(List<Integer> ends) {
        JsonArray array = new JsonArray();
        ends.forEach(array::add);
        return array;
    }

    private static JsonArray array(double[] numbers) {
        JsonArray array = new JsonArray();
        for (double number : numbers) {
            array.add(number);
        }
        return array;
    }
}
