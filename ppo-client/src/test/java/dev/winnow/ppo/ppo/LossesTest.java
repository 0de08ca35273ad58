package dev.winnow.ppo.ppo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.winnow.ppo.tensor.ComputeDevice;
import dev.winnow.ppo.tensor.Tensors;
import org.assertj.core.data.Offset;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Numbers worked out by hand; the clips are 0.2. */
class LossesTest {
    private static final Offset<Double> EXACT = within(1e-12);

    @ParameterizedTest
    @CsvSource({
        // ratio, advantage, loss, is clipped, gradient by the log-probability
        "1.0,  2, -2.0, 0, -2.0",
        "1.1,  2, -2.2, 0, -2.2",
        "1.5,  2, -2.4, 1,  0",
        "0.5,  2, -1.0, 0, -1.0",
        "1.0, -2,  2.0, 0,  2.0",
        "1.5, -2,  3.0, 0,  3.0",
        "0.5, -2,  1.6, 1,  0",
        "0.9, -2,  1.8, 0,  1.8"
    })
    void policyLossOfOneToken(double ratio, double advantage, double loss, int clipped, double gradient) {
        try (PointerScope _ = new PointerScope()) {
            Tensor present = tensor(Math.log(0.3 * ratio));
            present.set_requires_grad(true);

            PolicyLoss computed = PolicyLoss.of(present, tensor(Math.log(0.3)), tensor(advantage), 0.2);
            computed.sum().backward();

            assertThat(computed.sum().item_double()).isCloseTo(loss, EXACT);
            assertThat(computed.clipped().item_double()).isEqualTo(clipped);
            assertThat(computed.kl().item_double()).isCloseTo(ratio - 1 - Math.log(ratio), EXACT);
            assertThat(present.grad().item_double()).isCloseTo(gradient, EXACT);
        }
    }

    @ParameterizedTest
    @CsvSource({
        // value, old, return, loss, is clipped, gradient by the value
        "1.0, 1.0, 2.0, 0.5,   0, -1.0",
        "1.1, 1.0, 2.0, 0.405, 0, -0.9",
        // Nearer to the return than the clip allows: the error counts as at 1.2, and is not learnt from.
        "1.5, 1.0, 2.0, 0.32,  1,  0",
        // Away from the return: the error counts in full.
        "0.5, 1.0, 2.0, 1.125, 0, -1.5"
    })
    void valueLossOfOneToken(double value, double old, double sumOfRewards, double loss, int clipped, double gradient) {
        try (PointerScope _ = new PointerScope()) {
            Tensor present = tensor(value);
            present.set_requires_grad(true);

            ValueLoss computed = ValueLoss.of(present, tensor(old), tensor(sumOfRewards), 0.2);
            computed.sum().backward();

            assertThat(computed.sum().item_double()).isCloseTo(loss, EXACT);
            assertThat(computed.clipped().item_double()).isEqualTo(clipped);
            assertThat(present.grad().item_double()).isCloseTo(gradient, EXACT);
        }
    }

    @Test
    void lossesAreSummedOverTokens() {
        try (PointerScope _ = new PointerScope()) {
            Tensor zeros = tensor(0, 0, 0);

            PolicyLoss policyLoss = PolicyLoss.of(zeros, zeros, tensor(1, 2, 4), 0.2);
            ValueLoss valueLoss = ValueLoss.of(zeros, zeros, tensor(1, 2, 4), Double.POSITIVE_INFINITY);

            assertThat(policyLoss.sum().item_double()).isEqualTo(-7);
            assertThat(valueLoss.sum().item_double()).isEqualTo(10.5);
        }
    }

    /** Half and half: log 2 each, and log 2 of entropy; 3 to 1: log 4/3 and log 4. */
    @Test
    void likelihoodOfTwoTokens() {
        try (PointerScope _ = new PointerScope()) {
            double[] probabilities = {0.5, 0.5, 0.75, 0.25};
            Tensor all = Tensors.of(probabilities, ComputeDevice.CPU, 2, 2).log();

            Tensor drawn = TokenLikelihood.ofDrawn(all, Tensors.of(new long[] {0, 1}, ComputeDevice.CPU, 2, 1));
            Tensor entropies = TokenLikelihood.entropies(all);

            assertThat(drawn.select(0, 0).item_double()).isCloseTo(-Math.log(2), EXACT);
            assertThat(drawn.select(0, 1).item_double()).isCloseTo(-Math.log(4), EXACT);
            assertThat(entropies.select(0, 0).item_double()).isCloseTo(Math.log(2), EXACT);
            assertThat(entropies.select(0, 1).item_double())
                    .isCloseTo(0.75 * Math.log(4.0 / 3) + 0.25 * Math.log(4), EXACT);
        }
    }

    private static Tensor tensor(double... values) {
        return Tensors.of(values, ComputeDevice.CPU, values.length);
    }
}
