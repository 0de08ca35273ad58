package dev.winnow.ppo.run;

import dev.winnow.ppo.config.Configuration;
import dev.winnow.ppo.config.Key;
import dev.winnow.ppo.config.Kind;
import dev.winnow.ppo.ppo.AdamSettings;
import dev.winnow.ppo.sft.Schedule;
import dev.winnow.ppo.sft.SupervisedSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Keys of {@code winnow sft}. */
final class SupervisedKeys {
    /** What becomes of an example that is longer than allowed. */
    enum TooLong {
        REFUSE,
        CUT
    }

    static final Key<Optional<Path>> POLICY =
            Key.optional("policy", Kind.PATH, "Hugging Face directory of the model that is trained");
    static final Key<Path> DATA = Key.required("data.train", Kind.PATH, "JSON lines: what is learnt");
    static final Key<Optional<Path>> HELD_OUT = Key.optional(
            "data.evaluation", Kind.PATH, "JSON lines: what the loss is measured on; without, nothing is evaluated");
    static final Key<Integer> MAXIMUM_TOKENS = Key.of(
            "data.maximum_tokens", Kind.WHOLE, 0, "Most tokens of an example; 0 for as many as the policy reads");
    static final Key<TooLong> TOO_LONG = Key.of(
            "data.too_long", Kind.choice(TooLong.class), TooLong.REFUSE, "What becomes of longer ones: refuse or cut");

    private static final Key<Integer> EXAMPLES =
            Key.of("batch.examples", Kind.WHOLE, 32, "Examples of a step, which is one move of the weights");
    private static final Key<Integer> MICRO_BATCH =
            Key.of("batch.micro_batch", Kind.WHOLE, 8, "Examples of one forward and backward pass; saves memory");
    private static final Key<Double> LEARNING_RATE =
            Key.of("optimizer.learning_rate", Kind.NUMBER, 3e-4, "Highest learning rate");
    private static final Key<Integer> WARM_UP_STEPS =
            Key.of("optimizer.warm_up_steps", Kind.WHOLE, 0, "Steps over which the learning rate grows");
    private static final Key<Schedule.Decay> DECAY = Key.of(
            "optimizer.decay",
            Kind.choice(Schedule.Decay.class),
            Schedule.Decay.COSINE,
            "How it falls: linear or cosine");
    private static final Key<Integer> DECAY_STEPS =
            Key.of("optimizer.decay_steps", Kind.WHOLE, 0, "Step at which it has fallen to 0; 0 for never");
    private static final Key<Double> BETA1 =
            Key.of("optimizer.beta1", Kind.NUMBER, 0.9, "Decay of the mean of gradients");
    private static final Key<Double> BETA2 =
            Key.of("optimizer.beta2", Kind.NUMBER, 0.999, "Decay of the mean of squared gradients");
    private static final Key<Double> EPSILON =
            Key.of("optimizer.epsilon", Kind.NUMBER, 1e-8, "Is added to the root of that mean");
    private static final Key<Double> WEIGHT_DECAY =
            Key.of("optimizer.weight_decay", Kind.NUMBER, 0.0, "Part of a weight that goes at each move");
    private static final Key<Double> MAXIMUM_GRADIENT_NORM =
            Key.of("optimizer.maximum_gradient_norm", Kind.NUMBER, 1.0, "Longer gradients are shortened to it");

    static final List<Key<?>> ALL = Stream.of(
                    Stream.of(POLICY),
                    ModelKeys.ALL.stream(),
                    Stream.of(
                            RunKeys.DEVICE,
                            RunKeys.THREADS,
                            RunKeys.SEED,
                            RunKeys.STEPS,
                            DATA,
                            HELD_OUT,
                            MAXIMUM_TOKENS,
                            TOO_LONG,
                            RunKeys.TEMPLATE,
                            RunKeys.EVALUATION_INTERVAL,
                            RunKeys.CHECKPOINT_INTERVAL,
                            RunKeys.CHECKPOINT_KEEP,
                            RunKeys.OUTPUT,
                            EXAMPLES,
                            MICRO_BATCH,
                            LEARNING_RATE,
                            WARM_UP_STEPS,
                            DECAY,
                            DECAY_STEPS,
                            BETA1,
                            BETA2,
                            EPSILON,
                            WEIGHT_DECAY,
                            MAXIMUM_GRADIENT_NORM))
            .<Key<?>>flatMap(keys -> keys)
            .toList();
    static final Set<Key<?>> MAY_CHANGE = Set.copyOf(RunKeys.MAY_CHANGE);

    private SupervisedKeys() {}

    /** Refuses values out of range, and returns a configuration in which those are filled in that depend on the machine. */
    static Configuration check(Configuration configuration) {
        Configuration checked = RunKeys.check(configuration);
        settings(checked);
        if (checked.get(MAXIMUM_TOKENS) < 0) {
            throw checked.refusal(MAXIMUM_TOKENS, "0 or above");
        }
        if (checked.get(ModelKeys.TOKENIZER).isPresent() == checked.get(POLICY).isPresent()) {
            throw checked.refusal(POLICY, "a directory, or model.tokenizer in its place");
        }
        ModelKeys.shape(checked);
        return checked;
    }

    /**
     * Returns the settings of a configuration.
     *
     * @throws dev.winnow.ppo.config.ConfigurationException where one is out of range
     */
    static SupervisedSettings settings(Configuration from) {
        try {
            return new SupervisedSettings(
                    from.get(RunKeys.SEED),
                    from.get(EXAMPLES),
                    from.get(MICRO_BATCH),
                    new Schedule(
                            from.get(LEARNING_RATE), from.get(WARM_UP_STEPS), from.get(DECAY), from.get(DECAY_STEPS)),
                    new AdamSettings(from.get(BETA1), from.get(BETA2), from.get(EPSILON), from.get(WEIGHT_DECAY)),
                    from.get(MAXIMUM_GRADIENT_NORM));
        } catch (IllegalArgumentException e) {
            throw from.refusal(e);
        }
    }
}
