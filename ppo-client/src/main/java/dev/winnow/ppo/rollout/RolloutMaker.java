package dev.winnow.ppo.rollout;

import dev.winnow.ppo.policy.Generation;
import dev.winnow.ppo.policy.Generator;
import dev.winnow.ppo.reward.ResponseRewards;
import dev.winnow.ppo.reward.RewardSample;
import dev.winnow.ppo.reward.RewardSource;
import dev.winnow.ppo.reward.TokenEnds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** Generates responses in micro-batches and has each rewarded while the next is generated. Not thread-safe. */
public final class RolloutMaker {
    private final Generator generator;
    private final Function<long[], TokenEnds> text;
    private final RewardSource rewards;
    private final RolloutSettings settings;

    /**
     * Makes a maker.
     *
     * @param text the text that tokens of the policy spell, and where they end in it
     */
    public RolloutMaker(
            Generator generator, Function<long[], TokenEnds> text, RewardSource rewards, RolloutSettings settings) {
        this.generator = generator;
        this.text = text;
        this.rewards = rewards;
        this.settings = settings;
    }

    public RewardSource rewards() {
        return rewards;
    }

    public RolloutSettings settings() {
        return settings;
    }

    /**
     * Returns when the last response is generated; rewards may still be under way.
     *
     * @param prompts one for each response
     * @param seeds one for each response
     */
    public Rollouts make(List<Prompt> prompts, long[] seeds) {
        List<Rollout> rollouts = new ArrayList<>(prompts.size());
        List<CompletableFuture<List<ResponseRewards>>> pending = new ArrayList<>();
        Rollouts made = new Rollouts(rollouts, pending);
        for (int begin = 0; begin < prompts.size(); begin += settings.microBatch()) {
            int end = Math.min(begin + settings.microBatch(), prompts.size());
            List<Rollout> microBatch = generate(prompts.subList(begin, end), Arrays.copyOfRange(seeds, begin, end));
            rollouts.addAll(microBatch);
            pending.add(rewards.score(
                    microBatch.stream().map(RolloutMaker::toSample).toList()));
            if (!settings.overlap()) {
                made.awaitRewards();
            }
        }
        return made;
    }

    private List<Rollout> generate(List<Prompt> prompts, long[] seeds) {
        List<long[]> tokens = prompts.stream().map(Prompt::tokens).toList();
        List<Generation> generations = generator.generate(tokens, seeds, settings.sampling(), settings.length());
        List<Rollout> rollouts = new ArrayList<>(prompts.size());
        for (int row = 0; row < generations.size(); row++) {
            Generation generation = generations.get(row);
            rollouts.add(new Rollout(prompts.get(row), generation, text.apply(generation.tokens())));
        }
        return rollouts;
    }

    private static RewardSample toSample(Rollout rollout) {
        return new RewardSample(rollout.prompt().text(), rollout.prompt().context(), rollout.text());
    }
}
