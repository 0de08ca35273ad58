package dev.winnow.ppo.sft;

import com.google.common.collect.Lists;
import dev.winnow.ppo.policy.Policy;
import dev.winnow.ppo.ppo.AdamW;
import dev.winnow.ppo.ppo.Metrics;
import dev.winnow.ppo.ppo.ResponseBatch;
import dev.winnow.ppo.ppo.TokenLikelihood;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * Trains a policy to write the responses of examples. The loss is minus the mean log-probability of their tokens, in nats;
 * prompts are read and not learnt. A step follows from the settings, its number and the weights. Lives until it is
 * closed; not thread-safe.
 */
public final class SupervisedTrainer implements AutoCloseable {
    private static final String OPTIMIZER_FILE = "policy_optimizer.safetensors";

    private final SupervisedSettings settings;
    private final Policy policy;
    private final Batches batches;
    private final AdamW optimizer;

    /** Makes a trainer, which makes the policy's weights trainable. */
    public SupervisedTrainer(SupervisedSettings settings, Policy policy, List<Example> examples) {
        this.settings = settings;
        this.policy = policy;
        this.batches = new Batches(examples, settings.batch(), settings.seed());
        policy.weights().setTrainable(true);
        this.optimizer = new AdamW("policy", policy.weights(), settings.adam());
    }

    /**
     * Takes one step.
     *
     * @param step from 0
     * @return the metrics of {@code docs/training.md}
     * @throws dev.winnow.ppo.ppo.TrainingException where the gradient is not finite; the weights are as before
     */
    public Metrics step(int step) {
        long begin = System.nanoTime();
        List<Example> batch = batches.ofStep(step);
        int tokens = tokens(batch);
        optimizer.forgetGradients();
        double loss = 0;
        for (List<Example> part : Lists.partition(batch, settings.microBatch())) {
            try (PointerScope _ = new PointerScope()) {
                Tensor sum = minusLogLikelihood(part);
                sum.div(new Scalar((double) tokens)).backward();
                loss += sum.item_double();
            }
        }
        double norm = optimizer.clipGradients(settings.maximumGradientNorm());
        double learningRate = settings.schedule().learningRate(step);
        optimizer.move(learningRate);
        optimizer.forgetGradients();
        Metrics metrics = new Metrics();
        metrics.put("loss/train", loss / tokens);
        metrics.put("tokens/train", tokens);
        metrics.put("gradient_norm/policy", norm);
        metrics.put("learning_rate/policy", learningRate);
        metrics.put("seconds/step", (System.nanoTime() - begin) / 1e9);
        return metrics;
    }

    /**
     * Measures the loss on examples that are not learnt from.
     *
     * @param heldOut at least one
     * @return the metrics of {@code docs/training.md} whose names begin with {@code evaluation/}
     */
    public Metrics evaluate(List<Example> heldOut) {
        List<Example> byLength = heldOut.stream()
                .sorted(Comparator.comparingInt(Example::length))
                .toList();
        double sum = 0;
        for (List<Example> part : Lists.partition(byLength, settings.microBatch())) {
            try (PointerScope _ = new PointerScope();
                    NoGradGuard _ = new NoGradGuard()) {
                sum += minusLogLikelihood(part).item_double();
            }
        }
        double loss = sum / tokens(heldOut);
        Metrics metrics = new Metrics();
        metrics.put("evaluation/loss", loss);
        if (Double.isFinite(Math.exp(loss))) {
            metrics.put("evaluation/perplexity", Math.exp(loss));
        }
        return metrics;
    }

    /** Writes the optimizer's moments. */
    public void write(Path folder) throws IOException {
        optimizer.write(folder.resolve(OPTIMIZER_FILE));
    }

    /** Goes on where a trainer of the same settings and policy stopped that {@link #write wrote} to a folder. */
    public void resume(Path folder) throws IOException {
        optimizer.read(folder.resolve(OPTIMIZER_FILE));
    }

    private Tensor minusLogLikelihood(List<Example> examples) {
        ResponseBatch batch = ResponseBatch.of(
                examples.stream().map(Example::prompt).toList(),
                examples.stream().map(Example::response).toList());
        Tensor hidden = policy.hidden(batch.read());
        return TokenLikelihood.of(policy, hidden, batch, 1, false)
                .logProbabilities()
                .sum()
                .neg();
    }

    private static int tokens(List<Example> examples) {
        return examples.stream().mapToInt(example -> example.response().length).sum();
    }

    @Override
    public void close() {
        optimizer.close();
    }
}
