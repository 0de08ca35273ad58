package dev.winnow.ppo.ppo;

/** What a step's moves of the weights were like. Not thread-safe. */
final class UpdateMetrics {
    private LossSums sums = LossSums.ZERO;
    private double policyGradientNorms;
    private double valueGradientNorms;
    private int moves;
    private boolean stoppedEarly;

    void addMove(LossSums miniBatch, double policyGradientNorm, double valueGradientNorm) {
        sums = sums.plus(miniBatch);
        policyGradientNorms += policyGradientNorm;
        valueGradientNorms += valueGradientNorm;
        moves++;
    }

    void stopEarly() {
        stoppedEarly = true;
    }

    /** Returns means over tokens, and those of gradients over moves; none of them where nothing moved. */
    Metrics toMetrics() {
        Metrics metrics = new Metrics();
        if (moves > 0) {
            metrics.put("loss/policy", sums.policyLoss() / sums.tokens());
            metrics.put("loss/value", sums.valueLoss() / sums.tokens());
            metrics.put("clipped/policy", sums.policyClipped() / sums.tokens());
            metrics.put("clipped/value", sums.valueClipped() / sums.tokens());
            metrics.put("kl/update", sums.meanKl());
            metrics.put("gradient_norm/policy", policyGradientNorms / moves);
            metrics.put("gradient_norm/value", valueGradientNorms / moves);
        }
        metrics.put("update/moves", moves);
        metrics.put("update/stopped_early", stoppedEarly ? 1 : 0);
        return metrics;
    }
}
