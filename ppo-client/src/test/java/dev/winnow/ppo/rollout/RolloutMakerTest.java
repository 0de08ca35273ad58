package dev.winnow.ppo.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.winnow.ppo.policy.Generator;
import dev.winnow.ppo.policy.Policy;
import dev.winnow.ppo.policy.ResponseLength;
import dev.winnow.ppo.policy.Sampling;
import dev.winnow.ppo.reward.MissingRewardException;
import dev.winnow.ppo.reward.ResponseRewards;
import dev.winnow.ppo.reward.ResponseRewards.PlacedValue;
import dev.winnow.ppo.reward.RewardSample;
import dev.winnow.ppo.reward.RewardSource;
import dev.winnow.ppo.reward.TokenEnds;
import dev.winnow.ppo.reward.WeightedReward;
import dev.winnow.ppo.tensor.ComputeDevice;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RolloutMakerTest {
    private static final List<Prompt> PROMPTS = List.of(prompt(5), prompt(6), prompt(7));
    private static final long[] SEEDS = {1, 2, 3};

    @SuppressWarnings("NullAway.Init") // set before each test
    private Policy policy;

    /** Rewards that come when the test says so; the value is the last token's id. */
    private final SlowRewards rewards = new SlowRewards();

    @BeforeEach
    void read() throws IOException {
        policy = Policy.read(Path.of("src/test/resources/policies/tied"), ComputeDevice.CPU);
    }

    @AfterEach
    void close() {
        policy.close();
    }

    @Test
    void generatesOnWhileRewardsAreUnderWay() {
        Rollouts made = maker(true).make(PROMPTS, SEEDS);

        assertThat(made.all()).hasSize(3);
        assertThat(rewards.asked).hasSize(2);
        rewards.answer(1);
        rewards.answer(0);

        List<ResponseRewards> awaited = made.awaitRewards();
        assertThat(awaited)
                .extracting(reward -> reward.values().getFirst().getFirst().value())
                .containsExactlyElementsOf(made.all().stream()
                        .map(rollout -> (double) rollout.generation().tokens()[3])
                        .toList());
        assertThat(made.waitedNanos()).isPositive();
    }

    @Test
    void withoutOverlapEachMicroBatchIsWaitedFor() {
        rewards.atOnce = true;
        List<Integer> generatedBefore = new ArrayList<>();
        rewards.onAsked = () -> generatedBefore.add(rewards.asked.size());

        Rollouts made = maker(false).make(PROMPTS, SEEDS);

        assertThat(generatedBefore).containsExactly(1, 2);
        assertThat(made.waitedNanos()).isPositive();
        assertThat(made.awaitRewards()).hasSize(3);
    }

    @Test
    void responsesDoNotDependOnTheMicroBatches() {
        rewards.atOnce = true;
        Rollouts together = maker(true).make(PROMPTS, SEEDS);
        Rollouts last = maker(true).make(PROMPTS.subList(2, 3), new long[] {3});

        assertThat(last.all().getFirst().generation().tokens())
                .containsExactly(together.all().getLast().generation().tokens());
    }

    @Test
    void missingRewardIsTheCallersToHear() {
        Rollouts made = maker(true).make(PROMPTS, SEEDS);
        rewards.answer(0);
        rewards.pending.get(1).completeExceptionally(new MissingRewardException("sample 2: away"));

        assertThatThrownBy(made::awaitRewards)
                .isInstanceOf(MissingRewardException.class)
                .hasMessage("sample 2: away");
    }

    @Test
    void rewardsOfFewerResponsesAreRefused() {
        Rollouts made = maker(true).make(PROMPTS, SEEDS);
        rewards.answer(0);
        rewards.pending.get(1).complete(List.of());

        assertThatThrownBy(made::awaitRewards)
                .isInstanceOf(MissingRewardException.class)
                .hasMessage("rewarded responses: 2 (expected: 3)");
    }

    private RolloutMaker maker(boolean overlap) {
        RolloutSettings settings = new RolloutSettings(
                3, 1, 2, ResponseLength.atMost(4), new Sampling(1, 0, 1), TruncatedResponse.SCORE, 0, overlap);
        return new RolloutMaker(new Generator(policy, Set.of()), RolloutMakerTest::text, rewards, settings);
    }

    private static Prompt prompt(long token) {
        return new Prompt("", List.of(), new long[] {1, token});
    }

    /** Spells each token as the character of its id. */
    private static TokenEnds text(long[] tokens) {
        return TokenEnds.of(
                Arrays.stream(tokens).mapToObj(id -> new byte[] {(byte) id}).toList());
    }

    private static final class SlowRewards implements RewardSource {
        private final List<List<RewardSample>> asked = new ArrayList<>();
        private final List<CompletableFuture<List<ResponseRewards>>> pending = new ArrayList<>();
        private Runnable onAsked = () -> {};
        private boolean atOnce;

        @Override
        public List<WeightedReward> rewards() {
            return List.of(new WeightedReward("last", 1));
        }

        @Override
        public CompletableFuture<List<ResponseRewards>> score(List<RewardSample> samples) {
            asked.add(samples);
            pending.add(new CompletableFuture<>());
            onAsked.run();
            if (atOnce) {
                answer(asked.size() - 1);
            }
            return pending.getLast();
        }

        void answer(int microBatch) {
            pending.get(microBatch)
                    .complete(asked.get(microBatch).stream()
                            .map(sample -> new ResponseRewards(List.of(List.of(new PlacedValue(
                                    3, sample.response().response().codePointAt(3))))))
                            .toList());
        }
    }
}
