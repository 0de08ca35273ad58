package dev.winnow.ppo.ppo;

import dev.winnow.ppo.rollout.Seeds;
import dev.winnow.ppo.tensor.ComputeDevice;
import dev.winnow.ppo.tensor.Tensors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/** Lets policy and value model learn from a step's responses, in epochs of mini-batches. Lives until it is closed. */
final class Update implements AutoCloseable {
    private static final String POLICY_FILE = "policy_optimizer.safetensors";
    private static final String CRITIC_FILE = "critic_optimizer.safetensors";

    private final Models models;
    private final PpoSettings settings;
    private final Seeds shuffling;
    private final AdamW policyOptimizer;
    private final AdamW valueOptimizer;

    /** Makes the weights of policy and critic trainable. */
    Update(Models models, PpoSettings settings) {
        this.models = models;
        this.settings = settings;
        this.shuffling = new Seeds(settings.seed(), "shuffling");
        models.policy().weights().setTrainable(true);
        models.critic().weights().setTrainable(true);
        this.policyOptimizer = new AdamW(
                "policy", models.policy().weights(), settings.optimizer().adam());
        this.valueOptimizer = new AdamW(
                "critic", models.critic().weights(), settings.optimizer().adam());
    }

    /**
     * Learns from the responses of one step.
     *
     * @param step from 0
     * @throws TrainingException where a gradient is not finite; that mini-batch has moved nothing
     */
    Metrics learn(int step, Experience experience) {
        double factor = settings.optimizer().factor(step);
        double maximumNorm = settings.update().maximumGradientNorm();
        UpdateMetrics learnt = new UpdateMetrics();
        for (int[] rows : miniBatches(step, experience.rollouts().size())) {
            forgetGradients();
            LossSums sums = addGradients(experience.select(rows));
            if (sums.meanKl() > settings.update().maximumKl()) {
                learnt.stopEarly();
                break;
            }
            learnt.addMove(sums, policyOptimizer.clipGradients(maximumNorm), valueOptimizer.clipGradients(maximumNorm));
            policyOptimizer.move(factor * settings.optimizer().policyLearningRate());
            valueOptimizer.move(factor * settings.optimizer().valueLearningRate());
        }
        forgetGradients();
        Metrics metrics = learnt.toMetrics();
        metrics.put("learning_rate/policy", factor * settings.optimizer().policyLearningRate());
        metrics.put("learning_rate/value", factor * settings.optimizer().valueLearningRate());
        return metrics;
    }

    /** Returns the rows of each mini-batch of all epochs, each epoch in another order. */
    private List<int[]> miniBatches(int step, int rows) {
        List<int[]> miniBatches = new ArrayList<>();
        for (int epoch = 0; epoch < settings.update().epochs(); epoch++) {
            int[] order = shuffling.order((long) step * settings.update().epochs() + epoch, rows);
            for (int begin = 0; begin < rows; begin += settings.update().miniBatch()) {
                int end = Math.min(begin + settings.update().miniBatch(), rows);
                miniBatches.add(Arrays.copyOfRange(order, begin, end));
            }
        }
        return miniBatches;
    }

    /** Adds the gradients of a mini-batch's mean loss, which are those of its micro-batches' parts in it. */
    private LossSums addGradients(Experience miniBatch) {
        LossSums sums = LossSums.ZERO;
        int rows = miniBatch.rollouts().size();
        for (int begin = 0; begin < rows; begin += settings.update().microBatch()) {
            int end = Math.min(begin + settings.update().microBatch(), rows);
            Experience microBatch = miniBatch.select(IntStream.range(begin, end).toArray());
            sums = sums.plus(addGradients(microBatch, miniBatch.tokens()));
        }
        return sums;
    }

    private LossSums addGradients(Experience microBatch, int tokensOfMiniBatch) {
        LossSettings loss = settings.loss();
        ResponseBatch batch = ResponseBatch.of(microBatch.rollouts());
        try (PointerScope _ = new PointerScope()) {
            Tensor hidden = models.policy().hidden(batch.read());
            TokenLikelihood likelihood = TokenLikelihood.of(
                    models.policy(),
                    hidden,
                    batch,
                    settings.rollout().sampling().temperature(),
                    loss.entropyCoefficient() > 0);
            Tensor values = batch.beforeTokens(models.critic().values(batch.read(), hidden), device());
            PolicyLoss policyLoss = PolicyLoss.of(
                    likelihood.logProbabilities(),
                    tensor(microBatch.logProbabilities()),
                    tensor(microBatch.estimated().advantages()),
                    loss.policyClip());
            ValueLoss valueLoss = ValueLoss.of(
                    values,
                    tensor(microBatch.values()),
                    tensor(microBatch.estimated().returns()),
                    loss.valueClip());
            Tensor sum = policyLoss
                    .sum()
                    .add(valueLoss.sum(), new Scalar(loss.valueCoefficient()))
                    .sub(likelihood.entropies().sum(), new Scalar(loss.entropyCoefficient()));
            sum.div(new Scalar((double) tokensOfMiniBatch)).backward();
            return LossSums.of(policyLoss, valueLoss, batch.tokens());
        }
    }

    private Tensor tensor(TokenRows rows) {
        return Tensors.of(rows.packed(), device(), rows.tokens());
    }

    private ComputeDevice device() {
        return models.policy().weights().device();
    }

    private void forgetGradients() {
        policyOptimizer.forgetGradients();
        valueOptimizer.forgetGradients();
    }

    void write(Path folder) throws IOException {
        policyOptimizer.write(folder.resolve(POLICY_FILE));
        valueOptimizer.write(folder.resolve(CRITIC_FILE));
    }

    void read(Path folder) throws IOException {
        policyOptimizer.read(folder.resolve(POLICY_FILE));
        valueOptimizer.read(folder.resolve(CRITIC_FILE));
    }

    @Override
    public void close() {
        policyOptimizer.close();
        valueOptimizer.close();
    }
}
