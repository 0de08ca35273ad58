package dev.winnow.ppo.run;

import dev.winnow.ppo.config.Configuration;
import dev.winnow.ppo.config.Key;
import dev.winnow.ppo.config.Kind;
import dev.winnow.ppo.rollout.Settings;
import dev.winnow.ppo.tensor.StoredType;
import java.util.List;

/** Keys that all kinds of runs have. */
final class RunKeys {
    static final Key<Integer> STEPS = Key.of("steps", Kind.WHOLE, 100, "Steps of the run. May change on resume");
    static final Key<Long> SEED = Key.of("seed", Kind.LONG, 0L, "Of all that is left to chance");
    static final Key<Integer> THREADS = Key.of(
            "threads",
            Kind.WHOLE,
            0,
            "Processor threads of a computation; 0 for as many as the machine has processors."
                    + " Another number rounds otherwise");
    static final Key<String> DEVICE = Key.of("device", Kind.TEXT, "cpu", "Where models are computed: cpu or cuda");
    static final Key<String> TEMPLATE = Key.of(
            "template",
            Kind.TEXT,
            "{prompt}",
            "What the policy reads of a prompt; {prompt} and {context} are filled in");
    static final Key<StoredType> OUTPUT = Key.of(
            "output",
            Kind.choice(StoredType.class),
            StoredType.F32,
            "Type of the weights in RUN/policy: f32, f16 or bf16");
    static final Key<Integer> CHECKPOINT_INTERVAL =
            Key.of("checkpoint.interval", Kind.WHOLE, 1, "Steps from one checkpoint to the next. May change on resume");
    static final Key<Integer> CHECKPOINT_KEEP =
            Key.of("checkpoint.keep", Kind.WHOLE, 2, "How many checkpoints stay. May change on resume");
    static final Key<Integer> EVALUATION_INTERVAL = Key.of(
            "evaluation.interval",
            Kind.WHOLE,
            10,
            "Steps from one evaluation to the next, beside those before the first step and after the last; 0 for none");

    static final List<Key<?>> MAY_CHANGE = List.of(STEPS, CHECKPOINT_INTERVAL, CHECKPOINT_KEEP);

    private RunKeys() {}

    /** Refuses values out of range, and returns a configuration in which those are filled in that depend on the machine. */
    static Configuration check(Configuration configuration) {
        try {
            require(configuration, STEPS, 1);
            require(configuration, THREADS, 0);
            require(configuration, CHECKPOINT_INTERVAL, 1);
            require(configuration, CHECKPOINT_KEEP, 1);
            require(configuration, EVALUATION_INTERVAL, 0);
        } catch (IllegalArgumentException e) {
            throw configuration.refusal(e);
        }
        if (!configuration.get(TEMPLATE).contains("{prompt}")) {
            throw configuration.refusal(TEMPLATE, "text with {prompt} in it");
        }
        if (configuration.get(OUTPUT) == StoredType.I64) {
            throw configuration.refusal(OUTPUT, "f32, f16 or bf16");
        }
        int threads = configuration.get(THREADS);
        return configuration.with(
                THREADS, threads > 0 ? threads : Runtime.getRuntime().availableProcessors());
    }

    private static void require(Configuration configuration, Key<Integer> key, int least) {
        int value = configuration.get(key);
        Settings.require(value >= least, key.name(), value, least + " or above");
    }
}
