package dev.winnow.ppo.ppo;

import dev.winnow.ppo.reward.ResponseRewards;
import dev.winnow.ppo.reward.WeightedReward;
import dev.winnow.ppo.reward.retry.RetryStatistics;
import dev.winnow.ppo.rollout.Prompt;
import dev.winnow.ppo.rollout.Prompts;
import dev.winnow.ppo.rollout.Rollout;
import dev.winnow.ppo.rollout.RolloutMaker;
import dev.winnow.ppo.rollout.Rollouts;
import dev.winnow.ppo.rollout.Seeds;
import dev.winnow.ppo.rollout.TruncatedResponse;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Trains a policy by proximal policy optimisation (Schulman et al. 2017) on dense rewards. A step's responses, and what
 * is learnt from them, follow from the settings' seed, the step's number and the weights. Lives until it is closed; not
 * thread-safe.
 */
public final class PpoTrainer implements AutoCloseable {
    private final PpoSettings settings;
    private final Models models;
    private final Prompts prompts;
    private final RolloutMaker maker;
    private final Update update;
    private final Seeds training;
    private final Seeds evaluation;
    private double klCoefficient;

    /**
     * Makes a trainer, which makes the weights of policy and critic trainable.
     *
     * @param maker generates with the same policy and settings
     */
    public PpoTrainer(PpoSettings settings, Models models, List<Prompt> prompts, RolloutMaker maker) {
        this.settings = settings;
        this.models = models;
        this.prompts = new Prompts(prompts, new Seeds(settings.seed(), "prompts"));
        this.maker = maker;
        this.update = new Update(models, settings);
        this.training = new Seeds(settings.seed(), "training");
        this.evaluation = new Seeds(settings.seed(), "evaluation");
        this.klCoefficient = settings.kl().coefficient();
    }

    /**
     * Takes one step.
     *
     * @param step from 0; each has its own prompts and seeds
     * @return the metrics of {@code docs/ppo-details.md}
     * @throws dev.winnow.ppo.reward.MissingRewardException where a response has not been rewarded; nothing was learnt
     * @throws TrainingException where a gradient is not finite, or all responses are masked
     */
    public Metrics step(int step) {
        Phases phases = new Phases();
        RetryStatistics service = maker.rewards().statistics();

        // 1. Generate responses in micro-batches.
        // 2. Have each micro-batch rewarded while the next is generated.
        Rollouts made =
                maker.make(promptsOf(step), training.at(step, settings.rollout().responses()));
        phases.end("generate");

        // 3. Ask the models, while the last rewards are under way: log-probabilities, the reference's, values.
        Opinions opinions = opinions(made.all());
        phases.end("opinions");
        List<ResponseRewards> responses = made.awaitRewards();
        phases.end("rewards");

        // 4. Place rewards on tokens, take the penalties off, estimate advantages and returns.
        Experience experience = experience(made.all(), responses, opinions);
        phases.end("advantages");

        // 5. Learn in epochs of mini-batches, as long as the policy stays near the one that generated.
        Metrics learnt = update.learn(step, experience);
        phases.end("update");

        // 6. Tell what happened, and set the next step's penalty by it.
        Metrics metrics = new Metrics();
        RolloutMetrics.put(metrics, "", made.all(), responses, rewards(), opinions);
        metrics.put("kl/coefficient", klCoefficient);
        experience.putInto(metrics);
        metrics.putAll(learnt);
        putService(metrics, maker.rewards().statistics().since(service));
        metrics.put("seconds/reward_wait", made.waitedNanos() / 1e9);
        metrics.putAll(phases.seconds());
        klCoefficient = settings.kl()
                .next(klCoefficient, metrics.get("kl/reference"), made.all().size());
        return metrics;
    }

    /**
     * Has the policy respond once to each of some prompts that it does not learn from. The same prompts get the same
     * seeds each time.
     *
     * @return what they were, with the metrics of {@code docs/ppo-details.md} whose names begin with {@code evaluation/}
     * @throws dev.winnow.ppo.reward.MissingRewardException where a response has not been rewarded
     */
    public Evaluation evaluate(List<Prompt> heldOut) {
        Rollouts made = maker.make(heldOut, evaluation.at(0, heldOut.size()));
        Opinions opinions = opinions(made.all());
        List<ResponseRewards> responses = made.awaitRewards();
        Metrics metrics = new Metrics();
        RolloutMetrics.put(metrics, "evaluation/", made.all(), responses, rewards(), opinions);
        return new Evaluation(metrics, made.all(), rewards(), responses);
    }

    /**
     * Writes what is remembered from step to step beside the models and {@link #klCoefficient}: the optimizers' moments.
     *
     * @param folder exists
     */
    public void write(Path folder) throws IOException {
        update.write(folder);
    }

    /**
     * Goes on where a trainer of the same settings and models stopped.
     *
     * @param folder that it {@link #write wrote} to
     * @param coefficient its {@link #klCoefficient}
     */
    public void resume(Path folder, double coefficient) throws IOException {
        update.read(folder);
        klCoefficient = coefficient;
    }

    /** Returns the coefficient of the next step's penalty, in reward a nat. */
    public double klCoefficient() {
        return klCoefficient;
    }

    private static void putService(Metrics metrics, RetryStatistics service) {
        metrics.put("service/retries", (double) service.retries());
        metrics.put("service/refusals", (double) service.refusals());
        metrics.put("service/interruptions", (double) service.interruptions());
        metrics.put("seconds/service_interrupted", service.interrupted().toNanos() / 1e9);
    }

    private List<Prompt> promptsOf(int step) {
        return prompts.ofStep(step, settings.rollout().prompts()).stream()
                .flatMap(prompt -> Collections.nCopies(settings.rollout().responsesPerPrompt(), prompt).stream())
                .toList();
    }

    private Opinions opinions(List<Rollout> rollouts) {
        return models.opinions(
                rollouts,
                settings.rollout().microBatch(),
                settings.rollout().sampling().temperature());
    }

    private Experience experience(List<Rollout> rollouts, List<ResponseRewards> responses, Opinions opinions) {
        int[] lengths = rollouts.stream().mapToInt(Rollout::length).toArray();
        TokenRows rewards = DenseRewards.combined(lengths, responses, rewards());
        if (settings.advantages().rewardsAtEnd()) {
            rewards = DenseRewards.atEnd(rewards);
        }
        if (settings.rollout().truncated() == TruncatedResponse.PENALTY) {
            rewards = DenseRewards.withPenaltyAtEnd(
                    rewards,
                    row -> rollouts.get(row).truncated(),
                    settings.rollout().truncationPenalty());
        }
        rewards = DenseRewards.withKlPenalty(rewards, opinions.kl(), klCoefficient);
        int[] learnt = learntFrom(rollouts);
        TokenRows values = opinions.values().select(learnt);
        return new Experience(
                Arrays.stream(learnt).mapToObj(rollouts::get).toList(),
                opinions.logProbabilities().select(learnt),
                values,
                Advantages.of(rewards.select(learnt), values, settings.advantages()));
    }

    private int[] learntFrom(List<Rollout> rollouts) {
        boolean masked = settings.rollout().truncated() == TruncatedResponse.MASK;
        int[] learnt = IntStream.range(0, rollouts.size())
                .filter(row -> !masked || !rollouts.get(row).truncated())
                .toArray();
        if (learnt.length == 0) {
            throw new TrainingException(
                    "responses that end within %d tokens: 0 of %d (expected: at least 1, as the others are masked)"
                            .formatted(settings.rollout().length().maximum(), rollouts.size()));
        }
        return learnt;
    }

    private List<WeightedReward> rewards() {
        return maker.rewards().rewards();
    }

    @Override
    public void close() {
        update.close();
    }
}
