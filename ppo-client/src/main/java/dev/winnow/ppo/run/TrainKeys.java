package dev.winnow.ppo.run;

import dev.winnow.ppo.config.Configuration;
import dev.winnow.ppo.config.Key;
import dev.winnow.ppo.config.Kind;
import dev.winnow.ppo.reward.RewardNotation;
import dev.winnow.v1.RewardRequest;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Keys of {@code winnow train}, but for those of PPO's arithmetic. */
public final class TrainKeys {
    /** What values come from: {@link dev.winnow.ppo.ppo.Critic}. */
    enum ValueModelKind {
        NETWORK,
        HEAD
    }

    static final Key<Path> POLICY =
            Key.required("policy", Kind.PATH, "Hugging Face directory of the model that is trained, and its reference");
    static final Key<ValueModelKind> VALUE_MODEL = Key.of(
            "value_model",
            Kind.choice(ValueModelKind.class),
            ValueModelKind.NETWORK,
            "network, of its own, or head, on the policy's hidden states");
    static final Key<Path> PROMPTS = Key.required("prompts", Kind.PATH, "JSON lines: what the policy responds to");
    static final Key<Optional<Path>> EVALUATION_PROMPTS = Key.optional(
            "evaluation.prompts",
            Kind.PATH,
            "JSON lines of prompts that are not trained on; without, nothing is evaluated");
    static final Key<List<String>> REWARDS =
            Key.required("rewards", Kind.TEXTS, "What is rewarded: [BUNDLE/]NAME[:VERSION][@DENSITY][=WEIGHT] each");
    static final Key<Boolean> NORMALISE_REWARDS = Key.of(
            "normalise_rewards",
            Kind.TRUTH,
            false,
            "Whether each value is brought to mean 0 and deviation 1 by what its bundle tells of the model's training data;"
                    + " rewards then name their densities");
    private static final List<Key<?>> ALL = Stream.of(
                    List.of(
                            POLICY,
                            VALUE_MODEL,
                            RunKeys.DEVICE,
                            RunKeys.THREADS,
                            RunKeys.SEED,
                            RunKeys.STEPS,
                            PROMPTS,
                            RunKeys.TEMPLATE,
                            REWARDS,
                            NORMALISE_REWARDS,
                            EVALUATION_PROMPTS,
                            RunKeys.EVALUATION_INTERVAL,
                            RunKeys.CHECKPOINT_INTERVAL,
                            RunKeys.CHECKPOINT_KEEP,
                            RunKeys.OUTPUT),
                    ServiceKeys.ALL,
                    PpoKeys.ALL)
            .flatMap(List::stream)
            .toList();
    static final Set<Key<?>> MAY_CHANGE = Stream.concat(RunKeys.MAY_CHANGE.stream(), ServiceKeys.ALL.stream())
            .collect(Collectors.toUnmodifiableSet());

    private TrainKeys() {}

    /** Returns all keys, in the order of the documentation. */
    public static List<Key<?>> all() {
        return ALL;
    }

    /** Refuses values out of range, and returns a configuration in which those are filled in that depend on the machine. */
    static Configuration check(Configuration configuration) {
        Configuration checked = RunKeys.check(configuration);
        PpoKeys.settings(checked);
        rewards(checked);
        ServiceKeys.connection(checked);
        return checked;
    }

    static List<RewardRequest> rewards(Configuration configuration) {
        try {
            return RewardNotation.parse(String.join(",", configuration.get(REWARDS)));
        } catch (IllegalArgumentException e) {
            throw configuration.refusal(new IllegalArgumentException(REWARDS.name() + ": " + e.getMessage(), e));
        }
    }
}
