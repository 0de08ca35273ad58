package dev.winnow.ppo.ppo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.winnow.ppo.policy.Generator;
import dev.winnow.ppo.policy.Policy;
import dev.winnow.ppo.policy.ResponseLength;
import dev.winnow.ppo.policy.Sampling;
import dev.winnow.ppo.policy.ValueHead;
import dev.winnow.ppo.reward.MissingRewardException;
import dev.winnow.ppo.reward.ResponseRewards;
import dev.winnow.ppo.reward.RewardSample;
import dev.winnow.ppo.reward.RewardSource;
import dev.winnow.ppo.reward.WeightedReward;
import dev.winnow.ppo.reward.retry.RetryStatistics;
import dev.winnow.ppo.rollout.RolloutMaker;
import dev.winnow.ppo.rollout.RolloutSettings;
import dev.winnow.ppo.rollout.TruncatedResponse;
import dev.winnow.ppo.tensor.ComputeDevice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;

class PpoTrainerTest {
    private static final RewardSource REWARDS = new ParityRewards(1, TestingRun.TOKENS);
    private static final RolloutSettings ROLLOUT = TestingRun.rollout(8, TruncatedResponse.SCORE, 0);
    private static final UpdateSettings UPDATE = new UpdateSettings(2, 4, 4, Double.POSITIVE_INFINITY, 1);
    private static final PpoSettings SETTINGS = TestingRun.settings(ROLLOUT, UPDATE);
    /** So many that about half of the responses end. */
    private static final Set<Integer> ENDS = IntStream.range(0, 8).boxed().collect(Collectors.toSet());

    @Test
    void firstStepStandsAtTheReference() throws IOException {
        try (TestingRun run = new TestingRun(SETTINGS, REWARDS, ENDS)) {
            Metrics first = run.trainer.step(0);
            Metrics second = run.trainer.step(1);

            assertThat(first.get("kl/reference")).isCloseTo(0, within(1e-4));
            assertThat(first.get("value/mean")).isZero();
            assertThat(first.get("update/moves")).isEqualTo(4);
            assertThat(first.get("reward/combined")).isCloseTo(first.get("reward/wanted") / 8, within(1e-9));
            assertThat(second.get("kl/reference_k3")).isGreaterThan(1e-3);
            assertThat(first.get("response/truncated")).isBetween(0.1, 0.9);
            assertThat(first.get("seconds/step")).isGreaterThan(first.get("seconds/update"));
        }
    }

    @Test
    void everyMetricHasItsFormulaInTheDocumentation() throws IOException {
        String documentation = Files.readString(Path.of("../docs/ppo-details.md"));
        try (TestingRun run = new TestingRun(SETTINGS, REWARDS, ENDS)) {
            for (Metrics metrics : List.of(
                    run.trainer.step(0),
                    run.trainer.evaluate(TestingRun.PROMPTS).metrics())) {
                assertThat(metrics.all().keySet())
                        .allSatisfy(name -> assertThat(documentation)
                                .contains("`" + name.replace("reward/wanted", "reward/NAME") + "`"));
            }
        }
    }

    @Test
    void tellsWhatTheServiceHasCostInThisStep() throws IOException {
        RewardSource failing = new RewardSource() {
            private RetryStatistics statistics = RetryStatistics.NONE;

            @Override
            public List<WeightedReward> rewards() {
                return REWARDS.rewards();
            }

            @Override
            public CompletableFuture<List<ResponseRewards>> score(List<RewardSample> samples) {
                statistics = new RetryStatistics(
                        statistics.retries() + 8,
                        statistics.refusals() + 3,
                        statistics.interruptions() + 2,
                        statistics.interrupted().plusMillis(1500));
                return REWARDS.score(samples);
            }

            @Override
            public RetryStatistics statistics() {
                return statistics;
            }
        };
        try (TestingRun run = new TestingRun(SETTINGS, failing, ENDS)) {
            run.trainer.evaluate(TestingRun.PROMPTS);
            Metrics metrics = run.trainer.step(0);

            assertThat(metrics.get("service/retries")).isEqualTo(8);
            assertThat(metrics.get("service/refusals")).isEqualTo(3);
            assertThat(metrics.get("service/interruptions")).isEqualTo(2);
            assertThat(metrics.get("seconds/service_interrupted")).isEqualTo(1.5);
        }
    }

    @Test
    void sameSeedGivesTheSameRun() throws IOException {
        Map<String, Double> first = threeSteps(SETTINGS);

        assertThat(threeSteps(SETTINGS)).isEqualTo(first);
        assertThat(threeSteps(new PpoSettings(
                        8,
                        SETTINGS.rollout(),
                        SETTINGS.kl(),
                        SETTINGS.advantages(),
                        SETTINGS.loss(),
                        SETTINGS.update(),
                        SETTINGS.optimizer())))
                .isNotEqualTo(first);
    }

    /** Prompts and responses have unequal lengths, so rows alone have no padding and rows together have. */
    @Test
    void microBatchesAndPaddingChangeNothing() throws IOException {
        RolloutSettings alone = new RolloutSettings(
                8,
                1,
                1,
                ResponseLength.atMost(TestingRun.TOKENS),
                new Sampling(1, 0, 1),
                TruncatedResponse.SCORE,
                0,
                true);
        try (TestingRun together = new TestingRun(SETTINGS, REWARDS, ENDS);
                TestingRun apart = new TestingRun(
                        TestingRun.settings(alone, new UpdateSettings(2, 4, 1, Double.POSITIVE_INFINITY, 1)),
                        REWARDS,
                        ENDS)) {
            float[] before = together.weights();

            together.trainer.step(0);
            apart.trainer.step(0);

            // Four moves of up to a fifth of the learning rate of 3e-3.
            assertThat(together.weights()).isNotEqualTo(before);
            assertThat(apart.weights()).containsExactly(together.weights(), Offset.offset(3e-5f));
        }
    }

    @Test
    void entropyBonusKeepsThePolicyUndecided() throws IOException {
        assertThat(entropyAfterSteps(1)).isGreaterThan(entropyAfterSteps(0) + 0.1);
    }

    @Test
    void valueHeadLearnsWithThePolicy() throws IOException {
        try (Policy policy = Policy.read(TestingRun.MODEL, ComputeDevice.CPU);
                Policy reference = Policy.read(TestingRun.MODEL, ComputeDevice.CPU)) {
            ValueHead head = ValueHead.zero(policy.config(), ComputeDevice.CPU);
            RolloutMaker maker =
                    new RolloutMaker(new Generator(policy, ENDS), ParityRewards::text, REWARDS, SETTINGS.rollout());
            Models models = new Models(policy, reference, new Critic.Head(head));
            try (PpoTrainer trainer = new PpoTrainer(SETTINGS, models, TestingRun.PROMPTS, maker)) {
                assertThat(trainer.step(0).get("value/mean")).isZero();
                assertThat(trainer.step(1).get("value/mean")).isNotZero();
                assertThat(trainer.step(2).get("gradient_norm/value")).isPositive();
            }
            head.weights().close();
        }
    }

    @Test
    void stopsLearningWhereThePolicyIsFarFromTheOneThatGenerated() throws IOException {
        UpdateSettings strict = new UpdateSettings(50, 4, 4, 1e-3, 1);
        try (TestingRun run = new TestingRun(TestingRun.settings(ROLLOUT, strict), REWARDS, Set.of())) {
            Metrics metrics = run.trainer.step(0);

            assertThat(metrics.get("update/stopped_early")).isOne();
            assertThat(metrics.get("update/moves")).isBetween(1.0, 99.0);
            assertThat(metrics.get("kl/update")).isLessThan(1e-3);
        }
    }

    @Test
    void missingRewardStopsTheStepAndTeachesNothing() throws IOException {
        RewardSource away = new RewardSource() {
            @Override
            public List<WeightedReward> rewards() {
                return REWARDS.rewards();
            }

            @Override
            public CompletableFuture<List<ResponseRewards>> score(List<RewardSample> samples) {
                return CompletableFuture.failedFuture(new MissingRewardException("away"));
            }
        };
        try (TestingRun run = new TestingRun(SETTINGS, away, Set.of())) {
            float[] before = run.weights();

            assertThatThrownBy(() -> run.trainer.step(0))
                    .isInstanceOf(MissingRewardException.class)
                    .hasMessage("away");
            assertThat(run.weights()).containsExactly(before);
        }
    }

    @Test
    void responsesThatDidNotEndMayBePenalisedOrMasked() throws IOException {
        double scored = returns(TruncatedResponse.SCORE, 3);
        double penalised = returns(TruncatedResponse.PENALTY, 3);
        PpoSettings masked = TestingRun.settings(TestingRun.rollout(8, TruncatedResponse.MASK, 0), UPDATE);

        assertThat(penalised).isLessThan(scored - 0.3);
        assertThat(returns(TruncatedResponse.MASK, 0)).isNotEqualTo(scored);
        try (TestingRun run = new TestingRun(masked, REWARDS, Set.of())) {
            assertThatThrownBy(() -> run.trainer.step(0))
                    .isInstanceOf(TrainingException.class)
                    .hasMessage("responses that end within 8 tokens: 0 of 8"
                            + " (expected: at least 1, as the others are masked)");
        }
    }

    @Test
    void adaptivePenaltyGoesOnFromStepToStep() throws IOException {
        PpoSettings settings = new PpoSettings(
                7,
                ROLLOUT,
                new KlPenalty.Adaptive(0.1, 1e6, 8),
                SETTINGS.advantages(),
                SETTINGS.loss(),
                UPDATE,
                SETTINGS.optimizer());
        try (TestingRun run = new TestingRun(settings, REWARDS, Set.of())) {
            assertThat(run.trainer.step(0).get("kl/coefficient")).isEqualTo(0.1);
            assertThat(run.trainer.step(1).get("kl/coefficient")).isCloseTo(0.08, within(1e-9));
            assertThat(run.trainer.step(2).get("kl/coefficient")).isCloseTo(0.064, within(1e-9));
        }
    }

    @Test
    void stepsLeaveNothingOutsideOfTheHeap() throws IOException {
        try (TestingRun run = new TestingRun(SETTINGS, REWARDS, ENDS)) {
            run.trainer.step(0);
            long live = Pointer.totalCount();

            for (int step = 1; step < 4; step++) {
                run.trainer.step(step);
            }

            assertThat(Pointer.totalCount()).as("live pointers").isEqualTo(live);
        }
    }

    private static double entropyAfterSteps(double coefficient) throws IOException {
        PpoSettings settings = new PpoSettings(
                7,
                ROLLOUT,
                SETTINGS.kl(),
                SETTINGS.advantages(),
                new LossSettings(0.2, 0.2, 1, coefficient),
                UPDATE,
                SETTINGS.optimizer());
        try (TestingRun run = new TestingRun(settings, REWARDS, Set.of())) {
            for (int step = 0; step < 5; step++) {
                run.trainer.step(step);
            }
            return run.trainer.step(5).get("entropy");
        }
    }

    private static double returns(TruncatedResponse truncated, double penalty) throws IOException {
        PpoSettings settings = TestingRun.settings(TestingRun.rollout(8, truncated, penalty), UPDATE);
        try (TestingRun run = new TestingRun(settings, REWARDS, ENDS)) {
            return run.trainer.step(0).get("return/mean");
        }
    }

    private static Map<String, Double> threeSteps(PpoSettings settings) throws IOException {
        try (TestingRun run = new TestingRun(settings, REWARDS, ENDS)) {
            run.trainer.step(0);
            run.trainer.step(1);
            return run.trainer.step(2).all().entrySet().stream()
                    .filter(metric -> !metric.getKey().startsWith("seconds/"))
                    .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        }
    }
}
