package dev.winnow.ppo.ppo;

/**
 * Estimates of the Kullback-Leibler divergence KL(p || q) in nats, from the log-probabilities of tokens that p drew. See
 * <a href="http://joschu.net/blog/kl-approx.html">Schulman, Approximating KL Divergence (2020)</a>.
 */
final class KlEstimate {
    private KlEstimate() {}

    /** Returns {@code log p - log q}: without bias, sometimes negative. Its mean is what a penalty takes off. */
    static double k1(double logP, double logQ) {
        return logP - logQ;
    }

    /** Returns {@code q/p - 1 - log(q/p)}: without bias as well, of less variance, never negative. */
    static double k3(double logP, double logQ) {
        return Math.expm1(logQ - logP) - (logQ - logP);
    }
}
