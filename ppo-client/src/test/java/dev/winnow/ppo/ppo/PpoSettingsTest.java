package dev.winnow.ppo.ppo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.winnow.ppo.policy.ResponseLength;
import dev.winnow.ppo.policy.Sampling;
import dev.winnow.ppo.rollout.RolloutSettings;
import dev.winnow.ppo.rollout.TruncatedResponse;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every setting out of range is refused by name, with what was found and what is expected. */
class PpoSettingsTest {
    private static final double NONE = Double.POSITIVE_INFINITY;
    private static final double NAN = Double.NaN;

    static Stream<Arguments> refused() {
        return Stream.of(
                refused("rollout.prompts: 0 (expected: 1 or above)", () -> rollout(0, 1, 1, 1, 1, 0)),
                refused("rollout.responses_per_prompt: 0 (expected: 1 or above)", () -> rollout(1, 0, 1, 1, 1, 0)),
                refused("rollout.micro_batch: 0 (expected: 1 or above)", () -> rollout(1, 1, 0, 1, 1, 0)),
                refused("new tokens: 0 (expected: 1 or above)", () -> rollout(1, 1, 1, 0, 1, 0)),
                refused(
                        "rollout.temperature: 0.0 (expected: above 0: at 0 no token has a probability to learn from)",
                        () -> rollout(1, 1, 1, 1, 0, 0)),
                refused("rollout.truncation_penalty: -1.0 (expected: 0 or above)", () -> rollout(1, 1, 1, 1, 1, -1)),
                refused("kl.coefficient: -0.1 (expected: 0 or above)", () -> new KlPenalty.Fixed(-0.1)),
                refused("kl.coefficient: 0.0 (expected: above 0)", () -> new KlPenalty.Adaptive(0, 1, 1)),
                refused(
                        "kl.target: NaN (expected: above 0, in nats a response)",
                        () -> new KlPenalty.Adaptive(1, NAN, 1)),
                refused("kl.horizon: 0.0 (expected: above 0, in responses)", () -> new KlPenalty.Adaptive(1, 1, 0)),
                refused(
                        "advantages.discount: 1.1 (expected: from 0 to 1)",
                        () -> new AdvantageSettings(false, 1.1, 1, true, true)),
                refused(
                        "advantages.lambda: NaN (expected: from 0 to 1)",
                        () -> new AdvantageSettings(false, 1, NAN, true, true)),
                refused("loss.policy_clip: 0.0 (expected: above 0)", () -> new LossSettings(0, 1, 1, 0)),
                refused("loss.value_clip: NaN (expected: above 0)", () -> new LossSettings(1, NAN, 1, 0)),
                refused("loss.value_coefficient: -1.0 (expected: 0 or above)", () -> new LossSettings(1, 1, -1, 0)),
                refused("loss.entropy_coefficient: -1.0 (expected: 0 or above)", () -> new LossSettings(1, 1, 1, -1)),
                refused("update.epochs: 0 (expected: 1 or above)", () -> new UpdateSettings(0, 1, 1, NONE, NONE)),
                refused("update.mini_batch: 0 (expected: 1 or above)", () -> new UpdateSettings(1, 0, 1, NONE, NONE)),
                refused("update.micro_batch: 0 (expected: 1 or above)", () -> new UpdateSettings(1, 1, 0, NONE, NONE)),
                refused(
                        "update.maximum_kl: 0.0 (expected: above 0, in nats a token)",
                        () -> new UpdateSettings(1, 1, 1, 0, NONE)),
                refused(
                        "update.maximum_gradient_norm: 0.0 (expected: above 0)",
                        () -> new UpdateSettings(1, 1, 1, NONE, 0)),
                refused(
                        "optimizer.policy_learning_rate: 0.0 (expected: above 0)",
                        () -> optimizer(0, 1, 0.9, 0.9, 1, 0, 0, 0)),
                refused(
                        "optimizer.value_learning_rate: NaN (expected: above 0)",
                        () -> optimizer(1, NAN, 0.9, 0.9, 1, 0, 0, 0)),
                refused(
                        "optimizer.beta1: 1.0 (expected: from 0 to below 1)",
                        () -> optimizer(1, 1, 1, 0.9, 1, 0, 0, 0)),
                refused(
                        "optimizer.beta2: -1.0 (expected: from 0 to below 1)",
                        () -> optimizer(1, 1, 0.9, -1, 1, 0, 0, 0)),
                refused("optimizer.epsilon: 0.0 (expected: above 0)", () -> optimizer(1, 1, 0.9, 0.9, 0, 0, 0, 0)),
                refused(
                        "optimizer.weight_decay: -1.0 (expected: 0 or above)",
                        () -> optimizer(1, 1, 0.9, 0.9, 1, -1, 0, 0)),
                refused(
                        "optimizer.warm_up_steps: -1 (expected: 0 or above)",
                        () -> optimizer(1, 1, 0.9, 0.9, 1, 0, -1, 0)),
                refused(
                        "optimizer.decay_steps: 5 (expected: 0, or above the 5 of the warm-up)",
                        () -> optimizer(1, 1, 0.9, 0.9, 1, 0, 5, 5)),
                refused(
                        "update.mini_batch: 9 (expected: at most the 8 responses of a step)",
                        () -> ppo(new KlPenalty.Fixed(0), 9)),
                refused(
                        "kl.horizon: 7.0 (expected: at least the 8 responses of a step)",
                        () -> ppo(new KlPenalty.Adaptive(1, 1, 7), 8)));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void refuses(String message, ThrowingCallable making) {
        assertThatThrownBy(making).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
    }

    @Test
    void defaultsAreWithinTheirRanges() {
        assertThat(PpoSettings.DEFAULT.rollout().responses()).isEqualTo(64);
        assertThat(PpoSettings.DEFAULT.kl().coefficient()).isEqualTo(0.3);
    }

    private static Arguments refused(String message, ThrowingCallable making) {
        return Arguments.of(message, making);
    }

    private static RolloutSettings rollout(
            int prompts, int each, int microBatch, int tokens, double temperature, double penalty) {
        return new RolloutSettings(
                prompts,
                each,
                microBatch,
                ResponseLength.atMost(tokens),
                new Sampling(temperature, 0, 1),
                TruncatedResponse.PENALTY,
                penalty,
                true);
    }

    private static OptimizerSettings optimizer(
            double policy, double value, double beta1, double beta2, double epsilon, double decay, int warm, int end) {
        return new OptimizerSettings(policy, value, beta1, beta2, epsilon, decay, warm, end);
    }

    private static PpoSettings ppo(KlPenalty kl, int miniBatch) {
        return new PpoSettings(
                0,
                rollout(4, 2, 1, 1, 1, 0),
                kl,
                AdvantageSettings.DEFAULT,
                LossSettings.DEFAULT,
                new UpdateSettings(1, miniBatch, 1, NONE, NONE),
                OptimizerSettings.DEFAULT);
    }
}
