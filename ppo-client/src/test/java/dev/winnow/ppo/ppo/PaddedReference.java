package dev.winnow.ppo.ppo;

/**
 * The arithmetic once more, written from the papers' formulae as plain loops in float64, on rectangles {@code [rows,
 * width]} with a mask, as most implementations have them. What stands in the padding must not matter.
 */
final class PaddedReference {
    private PaddedReference() {}

    /** Equation 16 of Schulman et al. 2016, as the sum that it is: over l of (discount * lambda)^l * delta[t + l]. */
    static double[][] advantages(
            double[][] rewards, double[][] values, boolean[][] mask, double discount, double lambda) {
        double[][] advantages = new double[rewards.length][rewards[0].length];
        for (int row = 0; row < rewards.length; row++) {
            for (int t = 0; t < rewards[row].length && mask[row][t]; t++) {
                for (int l = 0; t + l < rewards[row].length && mask[row][t + l]; l++) {
                    boolean last = t + l + 1 == rewards[row].length || !mask[row][t + l + 1];
                    double next = last ? 0 : values[row][t + l + 1];
                    double delta = rewards[row][t + l] + discount * next - values[row][t + l];
                    advantages[row][t] += Math.pow(discount * lambda, l) * delta;
                }
            }
        }
        return advantages;
    }

    static double mean(double[][] numbers, boolean[][] mask) {
        double sum = 0;
        int count = 0;
        for (int row = 0; row < numbers.length; row++) {
            for (int t = 0; t < numbers[row].length; t++) {
                if (mask[row][t]) {
                    sum += numbers[row][t];
                    count++;
                }
            }
        }
        return sum / count;
    }

    /** The mean of squares less the square of the mean. */
    static double variance(double[][] numbers, boolean[][] mask) {
        double[][] squares = new double[numbers.length][];
        for (int row = 0; row < numbers.length; row++) {
            squares[row] = new double[numbers[row].length];
            for (int t = 0; t < numbers[row].length; t++) {
                squares[row][t] = numbers[row][t] * numbers[row][t];
            }
        }
        double mean = mean(numbers, mask);
        return mean(squares, mask) - mean * mean;
    }

    /** Equation 7 of Schulman et al. 2017, to be minimised, of one token. */
    static double policyLoss(double logProbability, double old, double advantage, double clip) {
        double ratio = Math.exp(logProbability) / Math.exp(old);
        double clipped = ratio < 1 - clip ? 1 - clip : ratio > 1 + clip ? 1 + clip : ratio;
        return -Math.min(ratio * advantage, clipped * advantage);
    }

    /** Its derivative by the log-probability: minus ratio times advantage, but 0 where clipping holds. */
    static double policyGradient(double logProbability, double old, double advantage, double clip) {
        double ratio = Math.exp(logProbability) / Math.exp(old);
        boolean held = (advantage > 0 && ratio > 1 + clip) || (advantage < 0 && ratio < 1 - clip);
        return held ? 0 : -ratio * advantage;
    }

    static double valueLoss(double value, double old, double sumOfRewards, double clip) {
        double clipped = value > old + clip ? old + clip : value < old - clip ? old - clip : value;
        return Math.max(Math.pow(value - sumOfRewards, 2), Math.pow(clipped - sumOfRewards, 2)) / 2;
    }

    /** The logarithm of a token's softmax. */
    static double logProbability(double[] logits, int token) {
        double sum = 0;
        for (double logit : logits) {
            sum += Math.exp(logit);
        }
        return logits[token] - Math.log(sum);
    }

    static double entropy(double[] logits) {
        double entropy = 0;
        for (int token = 0; token < logits.length; token++) {
            double logProbability = logProbability(logits, token);
            entropy -= Math.exp(logProbability) * logProbability;
        }
        return entropy;
    }
}
