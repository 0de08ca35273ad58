package dev.winnow.ppo.run;

import dev.winnow.ppo.config.Configuration;
import dev.winnow.ppo.policy.ModelDirectory;
import dev.winnow.ppo.policy.Policy;
import dev.winnow.ppo.policy.PolicyTokenizer;
import dev.winnow.ppo.sft.Example;
import dev.winnow.ppo.sft.SupervisedTrainer;
import dev.winnow.ppo.tensor.StoredType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Supervised training on examples. */
final class SupervisedTraining implements Training {
    private static final String POLICY = "policy";

    private final Configuration configuration;
    private final Policy policy;
    private final SupervisedTrainer trainer;
    private final List<Example> heldOut;

    private SupervisedTraining(
            Configuration configuration, Policy policy, SupervisedTrainer trainer, List<Example> heldOut) {
        this.configuration = configuration;
        this.policy = policy;
        this.trainer = trainer;
        this.heldOut = heldOut;
    }

    static SupervisedTraining open(Configuration configuration, Path directory, Optional<Checkpoint> from)
            throws IOException, RunException {
        ModelDirectory model = new ModelDirectory(directory);
        List<Example> examples;
        List<Example> heldOut;
        try (PolicyTokenizer tokenizer = PolicyTokenizer.read(model)) {
            ExampleFile reader = reader(configuration, model, directory, tokenizer);
            examples = reader.read(configuration.get(SupervisedKeys.DATA));
            Optional<Path> heldOutFile = configuration.get(SupervisedKeys.HELD_OUT);
            heldOut = heldOutFile.isPresent() ? reader.read(heldOutFile.get()) : List.of();
        }
        Policy policy = Policy.read(directory, Devices.of(configuration));
        try {
            if (from.isPresent()) {
                policy.readWeights(from.get().folder().resolve(POLICY));
            }
            SupervisedTrainer trainer = new SupervisedTrainer(SupervisedKeys.settings(configuration), policy, examples);
            if (from.isPresent()) {
                trainer.resume(from.get().folder());
            }
            return new SupervisedTraining(configuration, policy, trainer, heldOut);
        } catch (IOException | RuntimeException e) {
            policy.close();
            throw e;
        }
    }

    private static ExampleFile reader(
            Configuration configuration, ModelDirectory model, Path directory, PolicyTokenizer tokenizer)
            throws RunException {
        int positions = model.config().maximumPositions();
        int asked = configuration.get(SupervisedKeys.MAXIMUM_TOKENS);
        if (asked > positions) {
            throw configuration.refusal(
                    SupervisedKeys.MAXIMUM_TOKENS, "at most %d, which the policy reads".formatted(positions));
        }
        long end = tokenizer.endTokens().stream()
                .findFirst()
                .orElseThrow(
                        () -> new RunException(directory + ": no eos_token_id (expected: one, to end responses with)"));
        return new ExampleFile(
                new Template(configuration.get(RunKeys.TEMPLATE)),
                tokenizer,
                end,
                asked > 0 ? asked : positions,
                configuration.get(SupervisedKeys.TOO_LONG));
    }

    @Override
    public Map<String, Double> step(int step) {
        return trainer.step(step).all();
    }

    @Override
    public Map<String, Double> evaluate(int step) {
        return heldOut.isEmpty() ? Map.of() : trainer.evaluate(heldOut).all();
    }

    @Override
    public void writeCheckpoint(Path folder) throws IOException {
        policy.write(folder.resolve(POLICY), StoredType.F32);
        trainer.write(folder);
    }

    @Override
    public TrainingState state() {
        return new TrainingState(Map.of(), List.of());
    }

    @Override
    public void writePolicy(Path folder) throws IOException {
        policy.write(folder, configuration.get(RunKeys.OUTPUT));
    }

    @Override
    public void close() {
        trainer.close();
        policy.close();
    }
}
