package dev.winnow.ppo.ppo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.winnow.ppo.tensor.ComputeDevice;
import dev.winnow.ppo.tensor.Tensors;
import dev.winnow.ppo.tensor.Weights;
import java.io.IOException;
import java.nio.file.Path;
import org.assertj.core.data.Offset;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AdamWOptions;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdamWTest {
    private static final float[] START = {1, -2, 3};

    /**
     * The first move of Adam is by the learning rate, against the gradient's sign; before it the decay takes 1% of the
     * learning rate from each weight.
     */
    @Test
    void firstMove() {
        try (Weights weights = weights();
                AdamW optimizer = new AdamW("policy", weights, settings(0.01))) {
            addGradient(weights.get("w"), 0.5);

            optimizer.move(0.1);

            assertThat(numbers(weights))
                    .containsExactly(
                            new float[] {1 * 0.999f - 0.1f, -2 * 0.999f + 0.1f, 3 * 0.999f - 0.1f},
                            Offset.offset(1e-6f));
        }
    }

    @Test
    void movesAsPyTorchDoes() {
        try (PointerScope _ = new PointerScope();
                Weights weights = weights();
                AdamW optimizer = new AdamW("policy", weights, settings(0.05))) {
            Tensor same = Tensors.of(START, ComputeDevice.CPU, START.length);
            same.set_requires_grad(true);
            AdamWOptions options = new AdamWOptions(0.01);
            options.weight_decay().put(0.05);
            org.bytedeco.pytorch.AdamW pyTorch = new org.bytedeco.pytorch.AdamW(new TensorVector(same), options);
            for (int move = 0; move < 50; move++) {
                addGradient(weights.get("w"), 0.1 * move);
                addGradient(same, 0.1 * move);

                optimizer.move(0.01);
                pyTorch.step();
                optimizer.forgetGradients();
                pyTorch.zero_grad();
            }

            assertThat(numbers(weights)).containsExactly(Tensors.floats(same), Offset.offset(1e-6f));
        }
    }

    /** The gradient of the sum of squares is twice the weights: 2, -4, 6, whose length is the root of 56. */
    @Test
    void longGradientsAreShortened() {
        try (PointerScope _ = new PointerScope();
                Weights weights = weights();
                AdamW optimizer = new AdamW("policy", weights, settings(0))) {
            addGradient(weights.get("w"), 1);

            assertThat(optimizer.clipGradients(100)).isCloseTo(Math.sqrt(56), within(1e-5));
            assertThat(Tensors.floats(weights.get("w").grad())).containsExactly(2, -4, 6);
            assertThat(optimizer.clipGradients(Math.sqrt(56) / 2)).isCloseTo(Math.sqrt(56), within(1e-5));
            assertThat(Tensors.floats(weights.get("w").grad()))
                    .containsExactly(new float[] {1, -2, 3}, Offset.offset(1e-5f));
        }
    }

    @Test
    void gradientsThatAreMissingOrNotFiniteMoveNothing() {
        try (Weights weights = weights();
                AdamW optimizer = new AdamW("policy", weights, settings(0))) {
            assertThatThrownBy(() -> optimizer.move(0.1))
                    .hasMessage("gradient of w: none (expected: one from each backward pass)");

            addGradient(weights.get("w"), Double.NaN);

            assertThatThrownBy(() -> optimizer.clipGradients(1))
                    .isInstanceOf(TrainingException.class)
                    .hasMessage("gradient norm of the policy: NaN (expected: a finite number)");
            assertThat(numbers(weights)).containsExactly(START);
        }
    }

    @Test
    void learningRateWarmsUpAndDecays() {
        OptimizerSettings both = new OptimizerSettings(1, 1, 0.9, 0.999, 1e-8, 0, 4, 12);
        OptimizerSettings constant = new OptimizerSettings(1, 1, 0.9, 0.999, 1e-8, 0, 0, 0);

        assertThat(new double[] {both.factor(0), both.factor(3), both.factor(4), both.factor(8), both.factor(12)})
                .containsExactly(0.25, 1, 1, 0.5, 0);
        assertThat(both.factor(100)).isZero();
        assertThat(constant.factor(0)).isOne();
        assertThat(constant.factor(1_000_000)).isOne();
    }

    private static Weights weights() {
        Weights weights = new Weights(ComputeDevice.CPU);
        try (PointerScope _ = new PointerScope()) {
            weights.put("w", Tensors.of(START, ComputeDevice.CPU, START.length));
        }
        weights.setTrainable(true);
        return weights;
    }

    private static void addGradient(Tensor weight, double factor) {
        try (PointerScope _ = new PointerScope()) {
            torch.square(weight).sum().mul(new Scalar(factor)).backward();
        }
    }

    private static float[] numbers(Weights weights) {
        return Tensors.floats(weights.get("w"));
    }

    @Test
    void goesOnFromWhatAnotherWrote(@TempDir Path folder) throws IOException {
        try (Weights weights = weights();
                Weights others = weights();
                AdamW optimizer = new AdamW("policy", weights, settings(0.01));
                AdamW other = new AdamW("policy", others, settings(0.01))) {
            moveTwice(weights, optimizer);
            optimizer.write(folder.resolve("moments"));
            others.copyFrom(weights);
            other.read(folder.resolve("moments"));

            moveTwice(weights, optimizer);
            moveTwice(others, other);

            assertThat(numbers(others)).containsExactly(numbers(weights));
        }
    }

    private static void moveTwice(Weights weights, AdamW optimizer) {
        for (double gradient : new double[] {0.5, -3}) {
            optimizer.forgetGradients();
            addGradient(weights.get("w"), gradient);
            optimizer.move(0.1);
        }
    }

    private static AdamSettings settings(double weightDecay) {
        return new AdamSettings(0.9, 0.999, 1e-8, weightDecay);
    }
}
