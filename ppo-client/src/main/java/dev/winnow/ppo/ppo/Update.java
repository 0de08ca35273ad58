package dev.winnow.ppo.ppo;

import dev.winnow.ppo.rollout.Seeds;
import dev.winnow.ppo.tensor.ComputeDevice;
import dev.winnow.ppo.tensor.Tensors;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/** Lets policy and value model learn from a step's responses, in epochs of mini-batches. Lives until it is closed. */
final class Update implements AutoCloseable {
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
        this.policyOptimizer = new AdamW(models.policy().weights(), settings.optimizer());
        this.valueOptimizer = new AdamW(models.critic().weights(), settings.optimizer());
    }

    /**
     * Learns from the responses of one step.
     *
     * @param step from 0
     * @return means over all tokens learnt from, in all epochs
     */
    Metrics learn(int step, Experience experience) {
        double factor = settings.optimizer().factor(step);
        double policyLearningRate = factor * settings.optimizer().policyLearningRate();
        double valueLearningRate = factor * settings.optimizer().valueLearningRate();
        LossSums sums = LossSums.ZERO;
        double policyNorms = 0;
        double valueNorms = 0;
        int moves = 0;
        boolean stopped = false;
        for (int epoch = 0; epoch < settings.update().epochs() && !stopped; epoch++) {
            int rows = experience.rollouts().size();
            int[] order = shuffling.order((long) step * settings.update().epochs() + epoch, rows);
            for (int begin = 0; begin < rows; begin += settings.update().miniBatch()) {
                int end = Math.min(begin + settings.update().miniBatch(), rows);
                LossSums miniBatch = addGradients(experience.select(Arrays.copyOfRange(order, begin, end)));
                if (miniBatch.kl() / miniBatch.tokens() > settings.update().maximumKl()) {
                    forgetGradients();
                    stopped = true;
                    break;
                }
                policyNorms += policyOptimizer.clipGradients(settings.update().maximumGradientNorm());
                valueNorms += valueOptimizer.clipGradients(settings.update().maximumGradientNorm());
                policyOptimizer.move(policyLearningRate);
                valueOptimizer.move(valueLearningRate);
                forgetGradients();
                sums = sums.plus(miniBatch);
                moves++;
            }
        }
        Metrics metrics = new Metrics();
        if (moves > 0) {
            sums.putInto(metrics);
            metrics.put("gradient_norm/policy", policyNorms / moves);
            metrics.put("gradient_norm/value", valueNorms / moves);
        }
        metrics.put("learning_rate/policy", policyLearningRate);
        metrics.put("learning_rate/value", valueLearningRate);
        metrics.put("update/moves", moves);
        metrics.put("update/stopped_early", stopped ? 1 : 0);
        return metrics;
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

    @Override
    public void close() {
        policyOptimizer.close();
        valueOptimizer.close();
    }
}
