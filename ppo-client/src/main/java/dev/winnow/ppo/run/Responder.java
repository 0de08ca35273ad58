package dev.winnow.ppo.run;

import com.google.common.collect.Lists;
import dev.winnow.ppo.policy.Generation;
import dev.winnow.ppo.policy.Generator;
import dev.winnow.ppo.policy.ModelDirectory;
import dev.winnow.ppo.policy.Policy;
import dev.winnow.ppo.policy.PolicyTokenizer;
import dev.winnow.ppo.policy.ResponseLength;
import dev.winnow.ppo.policy.Sampling;
import dev.winnow.ppo.reward.TokenEnds;
import dev.winnow.ppo.rollout.Prompt;
import dev.winnow.ppo.rollout.Seeds;
import dev.winnow.ppo.rollout.Settings;
import dev.winnow.ppo.tensor.ComputeDevice;
import dev.winnow.ppo.tensor.ComputeThreads;
import dev.winnow.v1.Sample;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Has a policy respond to prompts.
 *
 * @param policy Hugging Face directory
 * @param prompts file of JSON lines, as runs read
 * @param template what the policy reads of a prompt
 * @param sampling how tokens are drawn
 * @param minimumNewTokens of a response, before it may end
 * @param maximumNewTokens of a response
 * @param responsesPerPrompt at least 1
 * @param microBatch responses that are generated together, at least 1
 * @param seed of what is drawn. A response depends on it, its prompt's place in the file and its own among the prompt's
 * @param threads of a computation; 0 for as many as the machine has processors
 */
public record Responder(
        Path policy,
        Path prompts,
        String template,
        Drawing sampling,
        int minimumNewTokens,
        int maximumNewTokens,
        int responsesPerPrompt,
        int microBatch,
        long seed,
        String device,
        int threads) {
    /**
     * How tokens are drawn.
     *
     * @param temperature 0 for the likeliest token each time
     * @param topK 0 for all
     * @param topP 1 for all
     */
    public record Drawing(double temperature, int topK, double topP) {}

    /** Takes responses. */
    public interface Output {
        void write(Sample sample) throws IOException;
    }

    /** A response that is to be written: the number of its prompt and its own, from 0. */
    private record Place(int prompt, int response) {}

    /**
     * Writes the responses in the order of their prompts, each as a sample that the service can score. Their ids are the
     * prompts' numbers from 1, with the responses' behind a dot where a prompt has several.
     *
     * @throws IllegalArgumentException where a number is out of range
     * @throws RunException where a prompt is not what it must be
     */
    public void writeTo(Output output) throws IOException, RunException {
        Settings.require(maximumNewTokens >= 1, "maximum new tokens", maximumNewTokens, "1 or above");
        Settings.require(
                minimumNewTokens >= 0 && minimumNewTokens <= maximumNewTokens,
                "minimum new tokens",
                minimumNewTokens,
                "from 0 to %d".formatted(maximumNewTokens));
        ResponseLength length = new ResponseLength(minimumNewTokens, maximumNewTokens);
        Settings.require(responsesPerPrompt >= 1, "responses per prompt", responsesPerPrompt, "1 or above");
        Settings.require(microBatch >= 1, "micro-batch", microBatch, "1 or above");
        Settings.require(threads >= 0, "threads", threads, "0 or above");
        Sampling how = new Sampling(sampling.temperature(), sampling.topK(), sampling.topP());
        ComputeThreads.use(threads > 0 ? threads : Runtime.getRuntime().availableProcessors());
        ModelDirectory directory = new ModelDirectory(policy);
        int longest = directory.config().maximumPositions() - maximumNewTokens;
        Settings.require(longest >= 1, "maximum new tokens", maximumNewTokens, "below what the policy reads");
        try (PolicyTokenizer tokenizer = PolicyTokenizer.read(directory)) {
            List<Prompt> all = PromptFile.read(prompts, new Template(template), tokenizer, longest);
            try (Policy model = Policy.read(policy, ComputeDevice.parse(device))) {
                Generator generator = new Generator(model, tokenizer.endTokens());
                for (List<Place> part : Lists.partition(places(all.size()), microBatch)) {
                    List<long[]> read = part.stream()
                            .map(place -> all.get(place.prompt()).tokens())
                            .toList();
                    List<Generation> written = generator.generate(read, seeds(part), how, length);
                    for (int row = 0; row < part.size(); row++) {
                        TokenEnds text =
                                TokenEnds.of(tokenizer.bytes(written.get(row).tokens()));
                        output.write(sample(part.get(row), all.get(part.get(row).prompt()), text));
                    }
                }
            }
        }
    }

    private List<Place> places(int promptsRead) {
        List<Place> places = new ArrayList<>();
        for (int prompt = 0; prompt < promptsRead; prompt++) {
            for (int response = 0; response < responsesPerPrompt; response++) {
                places.add(new Place(prompt, response));
            }
        }
        return places;
    }

    private long[] seeds(List<Place> places) {
        Seeds seeds = new Seeds(seed, "generate");
        return places.stream()
                .mapToLong(place -> seeds.at(place.prompt(), place.response() + 1)[place.response()])
                .toArray();
    }

    private Sample sample(Place place, Prompt prompt, TokenEnds text) {
        String number = Integer.toString(place.prompt() + 1);
        return Sample.newBuilder()
                .setId(responsesPerPrompt == 1 ? number : number + "." + (place.response() + 1))
                .setPrompt(prompt.text())
                .addAllContext(prompt.context())
                .setResponse(text.response())
                .setTokens(text.toTokens())
                .build();
    }
}
