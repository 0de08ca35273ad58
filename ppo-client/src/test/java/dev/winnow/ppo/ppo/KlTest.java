package dev.winnow.ppo.ppo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class KlTest {
    private static final Offset<Double> EXACT = within(1e-12);

    /** p = 0.5, q = 0.25: the logarithm of p / q is that of 2, and q / p - 1 is -0.5. */
    @Test
    void estimatesOfOneToken() {
        double logP = Math.log(0.5);
        double logQ = Math.log(0.25);

        assertThat(KlEstimate.k1(logP, logQ)).isCloseTo(Math.log(2), EXACT);
        assertThat(KlEstimate.k3(logP, logQ)).isCloseTo(Math.log(2) - 0.5, EXACT);
        assertThat(KlEstimate.k3(logQ, logP)).isCloseTo(1 - Math.log(2), EXACT);
        assertThat(KlEstimate.k3(logP, logP)).isZero();
    }

    /** Both estimates have the divergence as their expectation. */
    @Test
    void estimatesHaveNoBias() {
        double[] p = {0.1, 0.6, 0.3};
        double[] q = {0.5, 0.2, 0.3};
        double divergence = 0;
        double k1 = 0;
        double k3 = 0;
        for (int token = 0; token < p.length; token++) {
            divergence += p[token] * Math.log(p[token] / q[token]);
            k1 += p[token] * KlEstimate.k1(Math.log(p[token]), Math.log(q[token]));
            k3 += p[token] * KlEstimate.k3(Math.log(p[token]), Math.log(q[token]));
        }

        assertThat(k1).isCloseTo(divergence, EXACT);
        assertThat(k3).isCloseTo(divergence, EXACT);
    }

    @Test
    void fixedPenaltyStays() {
        assertThat(new KlPenalty.Fixed(0.3).next(0.3, 100, 64)).isEqualTo(0.3);
    }

    @Test
    void adaptivePenaltyFollowsTheTarget() {
        KlPenalty penalty = new KlPenalty.Adaptive(0.2, 6, 100);

        // 6.6 is 10% above the target; after half a horizon the coefficient is 5% larger.
        assertThat(penalty.next(0.2, 6.6, 50)).isCloseTo(0.21, EXACT);
        assertThat(penalty.next(0.2, 5.4, 50)).isCloseTo(0.19, EXACT);
        assertThat(penalty.next(0.2, 6, 50)).isEqualTo(0.2);
        // The error counts for at most 20%.
        assertThat(penalty.next(0.2, 600, 100)).isCloseTo(0.24, EXACT);
        assertThat(penalty.next(0.2, -1, 100)).isCloseTo(0.16, EXACT);
    }
}
