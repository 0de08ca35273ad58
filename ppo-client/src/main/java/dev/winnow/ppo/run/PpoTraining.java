package dev.winnow.ppo.run;

import dev.winnow.ppo.config.Configuration;
import dev.winnow.ppo.policy.Generator;
import dev.winnow.ppo.policy.ModelDirectory;
import dev.winnow.ppo.policy.PolicyTokenizer;
import dev.winnow.ppo.ppo.Evaluation;
import dev.winnow.ppo.ppo.PpoSettings;
import dev.winnow.ppo.ppo.PpoTrainer;
import dev.winnow.ppo.reward.RewardNotation;
import dev.winnow.ppo.reward.TokenEnds;
import dev.winnow.ppo.rollout.Prompt;
import dev.winnow.ppo.rollout.RolloutMaker;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Training by PPO on the rewards of a service. */
final class PpoTraining implements Training {
    private static final String KL_COEFFICIENT = "kl_coefficient";

    private final Configuration configuration;
    private final Path samples;
    private final RunRewards rewards;
    private final RunModels models;
    private final PpoTrainer trainer;
    private final List<Prompt> heldOut;
    private final Resources resources;

    private PpoTraining(
            Configuration configuration,
            Path samples,
            RunRewards rewards,
            RunModels models,
            PpoTrainer trainer,
            List<Prompt> heldOut,
            Resources resources) {
        this.configuration = configuration;
        this.samples = samples;
        this.rewards = rewards;
        this.models = models;
        this.trainer = trainer;
        this.heldOut = heldOut;
        this.resources = resources;
    }

    static PpoTraining open(Configuration configuration, Optional<Checkpoint> from, Path samples, Stop stop)
            throws IOException, RunException {
        Resources resources = new Resources();
        try {
            return open(configuration, from, samples, stop, resources);
        } catch (IOException | RunException | RuntimeException e) {
            resources.close();
            throw e;
        }
    }

    private static PpoTraining open(
            Configuration configuration, Optional<Checkpoint> from, Path samples, Stop stop, Resources resources)
            throws IOException, RunException {
        PpoSettings settings = PpoKeys.settings(configuration);

        // 1. What is read at once: tokenizer, prompts.
        ModelDirectory directory = new ModelDirectory(configuration.get(TrainKeys.POLICY));
        PolicyTokenizer tokenizer = PolicyTokenizer.read(directory);
        resources.add(tokenizer::close);
        int longest = longestPrompt(configuration, directory);
        Template template = new Template(configuration.get(RunKeys.TEMPLATE));
        List<Prompt> prompts = PromptFile.read(configuration.get(TrainKeys.PROMPTS), template, tokenizer, longest);
        Optional<Path> heldOutFile = configuration.get(TrainKeys.EVALUATION_PROMPTS);
        List<Prompt> heldOut =
                heldOutFile.isPresent() ? PromptFile.read(heldOutFile.get(), template, tokenizer, longest) : List.of();

        // 2. The service.
        RunRewards rewards = RunRewards.connect(configuration, from, stop);
        resources.add(rewards::close);

        // 3. The models.
        RunModels models = RunModels.read(configuration, from, resources);
        RolloutMaker maker = new RolloutMaker(
                new Generator(models.models().policy(), tokenizer.endTokens()),
                tokens -> TokenEnds.of(tokenizer.bytes(tokens)),
                rewards.source(),
                settings.rollout());
        PpoTrainer trainer = new PpoTrainer(settings, models.models(), prompts, maker);
        resources.add(trainer::close);
        if (from.isPresent()) {
            trainer.resume(from.get().folder(), from.get().progress().state().number(KL_COEFFICIENT));
        }
        return new PpoTraining(configuration, samples, rewards, models, trainer, heldOut, resources);
    }

    private static int longestPrompt(Configuration configuration, ModelDirectory directory) {
        int positions = directory.config().maximumPositions();
        int response = configuration.get(PpoKeys.MAXIMUM_NEW_TOKENS);
        if (response >= positions) {
            throw configuration.refusal(
                    PpoKeys.MAXIMUM_NEW_TOKENS, "below %d, the most that the policy reads".formatted(positions));
        }
        return positions - response;
    }

    @Override
    public Map<String, Double> step(int step) {
        return trainer.step(step).all();
    }

    @Override
    public Map<String, Double> evaluate(int step) throws IOException {
        if (heldOut.isEmpty()) {
            return Map.of();
        }
        Evaluation evaluation = trainer.evaluate(heldOut);
        SamplesFile.append(samples, step, evaluation);
        return evaluation.metrics().all();
    }

    @Override
    public void writeCheckpoint(Path folder) throws IOException {
        models.write(folder);
        trainer.write(folder);
    }

    @Override
    public TrainingState state() {
        return new TrainingState(
                Map.of(KL_COEFFICIENT, trainer.klCoefficient()),
                rewards.pinned().stream().map(RewardNotation::format).toList());
    }

    @Override
    public void writePolicy(Path folder) throws IOException {
        models.models().policy().write(folder, configuration.get(RunKeys.OUTPUT));
    }

    @Override
    public void close() {
        resources.close();
    }
}
