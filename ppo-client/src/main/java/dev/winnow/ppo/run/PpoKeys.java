package dev.winnow.ppo.run;

import dev.winnow.ppo.config.Configuration;
import dev.winnow.ppo.config.Key;
import dev.winnow.ppo.config.Kind;
import dev.winnow.ppo.policy.ResponseLength;
import dev.winnow.ppo.policy.Sampling;
import dev.winnow.ppo.ppo.AdvantageSettings;
import dev.winnow.ppo.ppo.KlPenalty;
import dev.winnow.ppo.ppo.LossSettings;
import dev.winnow.ppo.ppo.OptimizerSettings;
import dev.winnow.ppo.ppo.PpoSettings;
import dev.winnow.ppo.ppo.UpdateSettings;
import dev.winnow.ppo.rollout.RolloutSettings;
import dev.winnow.ppo.rollout.Settings;
import dev.winnow.ppo.rollout.TruncatedResponse;
import java.util.List;

/** Keys of {@link PpoSettings}, whose records say more of them and hold their defaults. */
final class PpoKeys {
    private static final RolloutSettings ROLLOUT = RolloutSettings.DEFAULT;
    private static final AdvantageSettings ADVANTAGES = AdvantageSettings.DEFAULT;
    private static final LossSettings LOSS = LossSettings.DEFAULT;
    private static final UpdateSettings UPDATE = UpdateSettings.DEFAULT;
    private static final OptimizerSettings OPTIMIZER = OptimizerSettings.DEFAULT;

    /** Kinds of {@link KlPenalty}. */
    enum Penalty {
        FIXED,
        ADAPTIVE
    }

    static final Key<Integer> PROMPTS = whole("rollout.prompts", ROLLOUT.prompts(), "Prompts of a step");
    static final Key<Integer> RESPONSES_PER_PROMPT =
            whole("rollout.responses_per_prompt", ROLLOUT.responsesPerPrompt(), "Responses to each prompt of a step");
    static final Key<Integer> ROLLOUT_MICRO_BATCH = whole(
            "rollout.micro_batch",
            ROLLOUT.microBatch(),
            "Responses that are generated, rewarded and compared together");
    static final Key<Integer> MAXIMUM_NEW_TOKENS =
            whole("rollout.maximum_new_tokens", ROLLOUT.length().maximum(), "Most tokens of a response");
    private static final Key<Integer> MINIMUM_NEW_TOKENS = whole(
            "rollout.minimum_new_tokens",
            ROLLOUT.length().minimum(),
            "Tokens of a response before it may end; the most, for responses of one length");
    static final Key<Double> TEMPERATURE =
            number("rollout.temperature", ROLLOUT.sampling().temperature(), "Of sampling, above 0");
    static final Key<Integer> TOP_K = whole(
            "rollout.top_k", ROLLOUT.sampling().topK(), "How many of the likeliest tokens may be drawn; 0 for all");
    static final Key<Double> TOP_P = number(
            "rollout.top_p",
            ROLLOUT.sampling().topP(),
            "Probability of the likeliest tokens that may be drawn; 1 for all");
    static final Key<TruncatedResponse> TRUNCATED = Key.of(
            "rollout.truncated",
            Kind.choice(TruncatedResponse.class),
            ROLLOUT.truncated(),
            "What becomes of responses that did not end: score, penalty or mask");
    static final Key<Double> TRUNCATION_PENALTY = number(
            "rollout.truncation_penalty", ROLLOUT.truncationPenalty(), "In units of the combined reward, for penalty");
    static final Key<Boolean> OVERLAP = truth(
            "rollout.overlap", ROLLOUT.overlap(), "Whether one micro-batch is rewarded while the next is generated");

    static final Key<Penalty> KL_PENALTY = Key.of(
            "kl.penalty", Kind.choice(Penalty.class), Penalty.FIXED, "For leaving the reference: fixed or adaptive");
    static final Key<Double> KL_COEFFICIENT = number(
            "kl.coefficient", KlPenalty.DEFAULT.coefficient(), "Reward a nat; for adaptive, that of the first step");
    static final Key<Double> KL_TARGET = number("kl.target", 6, "Nats a response, for adaptive");
    static final Key<Double> KL_HORIZON =
            number("kl.horizon", 10_000, "Responses over which the coefficient changes by up to a fifth, for adaptive");

    static final Key<Boolean> REWARDS_AT_END = truth(
            "advantages.rewards_at_end",
            ADVANTAGES.rewardsAtEnd(),
            "Whether a response's rewards are summed at its last token, to compare with");
    static final Key<Double> DISCOUNT =
            number("advantages.discount", ADVANTAGES.discount(), "Of a reward for each token that it is later, gamma");
    static final Key<Double> LAMBDA =
            number("advantages.lambda", ADVANTAGES.lambda(), "Trust in rewards (1) rather than in the value model (0)");
    static final Key<Boolean> SCALE_REWARDS = truth(
            "advantages.scale_rewards", ADVANTAGES.scaleRewards(), "Whether rewards are divided by their deviation");
    static final Key<Boolean> WHITEN =
            truth("advantages.whiten", ADVANTAGES.whitenAdvantages(), "Whether advantages get mean 0 and deviation 1");

    static final Key<Double> POLICY_CLIP =
            number("loss.policy_clip", LOSS.policyClip(), "How far the ratio of probabilities counts from 1, epsilon");
    static final Key<Double> VALUE_CLIP = number(
            "loss.value_clip", LOSS.valueClip(), "How far a new value counts from the old; .inf for no clipping");
    static final Key<Double> VALUE_COEFFICIENT =
            number("loss.value_coefficient", LOSS.valueCoefficient(), "Weight of the value loss");
    static final Key<Double> ENTROPY_COEFFICIENT =
            number("loss.entropy_coefficient", LOSS.entropyCoefficient(), "Weight of the entropy bonus");

    static final Key<Integer> EPOCHS = whole("update.epochs", UPDATE.epochs(), "Passes over a step's responses");
    static final Key<Integer> MINI_BATCH =
            whole("update.mini_batch", UPDATE.miniBatch(), "Responses of one move of the weights");
    static final Key<Integer> UPDATE_MICRO_BATCH = whole(
            "update.micro_batch", UPDATE.microBatch(), "Responses of one forward and backward pass; saves memory");
    static final Key<Double> MAXIMUM_KL = number(
            "update.maximum_kl",
            UPDATE.maximumKl(),
            "Nats a token from which on the rest of a step is not learnt from");
    static final Key<Double> MAXIMUM_GRADIENT_NORM = number(
            "update.maximum_gradient_norm", UPDATE.maximumGradientNorm(), "Longer gradients are shortened to it");

    static final Key<Double> POLICY_LEARNING_RATE = number(
            "optimizer.policy_learning_rate", OPTIMIZER.policyLearningRate(), "Highest learning rate of the policy");
    static final Key<Double> VALUE_LEARNING_RATE = number(
            "optimizer.value_learning_rate", OPTIMIZER.valueLearningRate(), "Highest learning rate of the value model");
    static final Key<Double> BETA1 = number("optimizer.beta1", OPTIMIZER.beta1(), "Decay of the mean of gradients");
    static final Key<Double> BETA2 =
            number("optimizer.beta2", OPTIMIZER.beta2(), "Decay of the mean of squared gradients");
    static final Key<Double> EPSILON =
            number("optimizer.epsilon", OPTIMIZER.epsilon(), "Is added to the root of that mean");
    static final Key<Double> WEIGHT_DECAY =
            number("optimizer.weight_decay", OPTIMIZER.weightDecay(), "Part of a weight that goes at each move");
    static final Key<Integer> WARM_UP_STEPS =
            whole("optimizer.warm_up_steps", OPTIMIZER.warmUpSteps(), "Steps over which learning rates grow");
    static final Key<Integer> DECAY_STEPS = whole(
            "optimizer.decay_steps",
            OPTIMIZER.decaySteps(),
            "Step at which learning rates have shrunk to 0; 0 for never");

    static final List<Key<?>> ALL = List.of(
            PROMPTS,
            RESPONSES_PER_PROMPT,
            ROLLOUT_MICRO_BATCH,
            MAXIMUM_NEW_TOKENS,
            MINIMUM_NEW_TOKENS,
            TEMPERATURE,
            TOP_K,
            TOP_P,
            TRUNCATED,
            TRUNCATION_PENALTY,
            OVERLAP,
            KL_PENALTY,
            KL_COEFFICIENT,
            KL_TARGET,
            KL_HORIZON,
            REWARDS_AT_END,
            DISCOUNT,
            LAMBDA,
            SCALE_REWARDS,
            WHITEN,
            POLICY_CLIP,
            VALUE_CLIP,
            VALUE_COEFFICIENT,
            ENTROPY_COEFFICIENT,
            EPOCHS,
            MINI_BATCH,
            UPDATE_MICRO_BATCH,
            MAXIMUM_KL,
            MAXIMUM_GRADIENT_NORM,
            POLICY_LEARNING_RATE,
            VALUE_LEARNING_RATE,
            BETA1,
            BETA2,
            EPSILON,
            WEIGHT_DECAY,
            WARM_UP_STEPS,
            DECAY_STEPS);

    private PpoKeys() {}

    /**
     * Returns the settings of a configuration.
     *
     * @throws dev.winnow.ppo.config.ConfigurationException where one is out of range
     */
    static PpoSettings settings(Configuration from) {
        try {
            return new PpoSettings(
                    from.get(RunKeys.SEED),
                    rollout(from),
                    penalty(from),
                    new AdvantageSettings(
                            from.get(REWARDS_AT_END),
                            from.get(DISCOUNT),
                            from.get(LAMBDA),
                            from.get(SCALE_REWARDS),
                            from.get(WHITEN)),
                    new LossSettings(
                            from.get(POLICY_CLIP),
                            from.get(VALUE_CLIP),
                            from.get(VALUE_COEFFICIENT),
                            from.get(ENTROPY_COEFFICIENT)),
                    new UpdateSettings(
                            from.get(EPOCHS),
                            from.get(MINI_BATCH),
                            from.get(UPDATE_MICRO_BATCH),
                            from.get(MAXIMUM_KL),
                            from.get(MAXIMUM_GRADIENT_NORM)),
                    new OptimizerSettings(
                            from.get(POLICY_LEARNING_RATE),
                            from.get(VALUE_LEARNING_RATE),
                            from.get(BETA1),
                            from.get(BETA2),
                            from.get(EPSILON),
                            from.get(WEIGHT_DECAY),
                            from.get(WARM_UP_STEPS),
                            from.get(DECAY_STEPS)));
        } catch (IllegalArgumentException e) {
            throw from.refusal(e);
        }
    }

    private static RolloutSettings rollout(Configuration from) {
        Settings.require(from.get(TOP_K) >= 0, TOP_K.name(), from.get(TOP_K), "0 or above");
        Settings.require(
                from.get(TOP_P) > 0 && from.get(TOP_P) <= 1, TOP_P.name(), from.get(TOP_P), "above 0, at most 1");
        Settings.require(
                Settings.isPositive(from.get(TEMPERATURE)), TEMPERATURE.name(), from.get(TEMPERATURE), "above 0");
        int most = from.get(MAXIMUM_NEW_TOKENS);
        int fewest = from.get(MINIMUM_NEW_TOKENS);
        Settings.require(most >= 1, MAXIMUM_NEW_TOKENS.name(), most, "1 or above");
        Settings.require(
                fewest >= 0 && fewest <= most, MINIMUM_NEW_TOKENS.name(), fewest, "from 0 to %d".formatted(most));
        TruncatedResponse truncated = from.get(TRUNCATED);
        double penalty = from.get(TRUNCATION_PENALTY);
        Settings.require(
                (truncated == TruncatedResponse.PENALTY) == (penalty != 0),
                TRUNCATION_PENALTY.name(),
                penalty,
                "above 0 where rollout.truncated is penalty, else 0");
        Settings.require(
                truncated != TruncatedResponse.MASK || fewest < most,
                TRUNCATED.name(),
                "mask",
                "score or penalty, as no response ends before %d tokens".formatted(most));
        return new RolloutSettings(
                from.get(PROMPTS),
                from.get(RESPONSES_PER_PROMPT),
                from.get(ROLLOUT_MICRO_BATCH),
                new ResponseLength(fewest, most),
                new Sampling(from.get(TEMPERATURE), from.get(TOP_K), from.get(TOP_P)),
                truncated,
                penalty,
                from.get(OVERLAP));
    }

    private static KlPenalty penalty(Configuration from) {
        return switch (from.get(KL_PENALTY)) {
            case FIXED -> new KlPenalty.Fixed(from.get(KL_COEFFICIENT));
            case ADAPTIVE ->
                new KlPenalty.Adaptive(from.get(KL_COEFFICIENT), from.get(KL_TARGET), from.get(KL_HORIZON));
        };
    }

    private static Key<Integer> whole(String name, int otherwise, String meaning) {
        return Key.of(name, Kind.WHOLE, otherwise, meaning);
    }

    private static Key<Double> number(String name, double otherwise, String meaning) {
        return Key.of(name, Kind.NUMBER, otherwise, meaning);
    }

    private static Key<Boolean> truth(String name, boolean otherwise, String meaning) {
        return Key.of(name, Kind.TRUTH, otherwise, meaning);
    }
}
