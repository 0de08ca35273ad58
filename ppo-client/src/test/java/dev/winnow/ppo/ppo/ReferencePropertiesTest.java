package dev.winnow.ppo.ppo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.winnow.ppo.tensor.ComputeDevice;
import dev.winnow.ppo.tensor.Tensors;
import java.util.Arrays;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.assertj.core.data.Offset;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** The arithmetic against {@link PaddedReference}, on random shapes with garbage in the padding. */
class ReferencePropertiesTest {
    private static final Offset<Double> NEAR = within(1e-6);
    private static final int VOCABULARY = 7;

    @Property(tries = 300)
    void advantages(
            @ForAll @IntRange(min = 1, max = 6) int rows,
            @ForAll @IntRange(min = 1, max = 20) int width,
            @ForAll @DoubleRange(min = 0, max = 1) double discount,
            @ForAll @DoubleRange(min = 0, max = 1) double lambda,
            @ForAll long seed) {
        Padded batch = new Padded(rows, width, seed);
        double[][] rewards = batch.random(3);
        double[][] values = batch.random(3);

        Advantages estimated = Advantages.generalised(batch.packed(rewards), batch.packed(values), discount, lambda);

        double[][] expected = PaddedReference.advantages(rewards, values, batch.mask, discount, lambda);
        batch.forEach((row, t) -> {
            assertThat(estimated.advantages().get(row, t)).isCloseTo(expected[row][t], NEAR);
            assertThat(estimated.returns().get(row, t)).isCloseTo(expected[row][t] + values[row][t], NEAR);
        });
    }

    @Property(tries = 300)
    void whitening(
            @ForAll @IntRange(min = 1, max = 6) int rows,
            @ForAll @IntRange(min = 2, max = 20) int width,
            @ForAll long seed) {
        Padded batch = new Padded(rows, width, seed);
        double[][] numbers = batch.random(4);
        double mean = PaddedReference.mean(numbers, batch.mask);
        double variance = PaddedReference.variance(numbers, batch.mask);

        TokenRows whitened = Whitening.whiten(batch.packed(numbers));
        TokenRows scaled = Whitening.scale(batch.packed(numbers));

        double scale = variance > 1e-8 ? Math.sqrt(variance) : 1;
        batch.forEach((row, t) -> {
            assertThat(whitened.get(row, t)).isCloseTo((numbers[row][t] - mean) / Math.sqrt(variance + 1e-8), NEAR);
            assertThat(scaled.get(row, t)).isCloseTo(numbers[row][t] / scale, NEAR);
        });
    }

    @Property(tries = 200)
    void policyLoss(
            @ForAll @IntRange(min = 1, max = 6) int rows,
            @ForAll @IntRange(min = 1, max = 20) int width,
            @ForAll @DoubleRange(min = 0.05, max = 0.9) double clip,
            @ForAll long seed) {
        Padded batch = new Padded(rows, width, seed);
        double[][] old = batch.random(1);
        double[][] logProbabilities = batch.random(1);
        double[][] advantages = batch.random(2);
        try (PointerScope _ = new PointerScope()) {
            Tensor present = tensor(batch.packed(logProbabilities));
            present.set_requires_grad(true);

            PolicyLoss loss = PolicyLoss.of(present, tensor(batch.packed(old)), tensor(batch.packed(advantages)), clip);
            loss.sum().backward();
            TokenRows gradients = batch.packed(doubles(present.grad()));

            double[] sums = new double[3];
            batch.forEach((row, t) -> {
                double logP = logProbabilities[row][t];
                double before = old[row][t];
                double advantage = advantages[row][t];
                sums[0] += PaddedReference.policyLoss(logP, before, advantage, clip);
                double gradient = PaddedReference.policyGradient(logP, before, advantage, clip);
                sums[1] += gradient == 0 ? 1 : 0;
                double ratio = Math.exp(logP - before);
                sums[2] += ratio - 1 - Math.log(ratio);
                assertThat(gradients.get(row, t)).isCloseTo(gradient, NEAR);
            });
            assertThat(loss.sum().item_double()).isCloseTo(sums[0], NEAR);
            assertThat(loss.clipped().item_double()).isEqualTo(sums[1]);
            assertThat(loss.kl().item_double()).isCloseTo(sums[2], NEAR);
        }
    }

    @Property(tries = 200)
    void valueLoss(
            @ForAll @IntRange(min = 1, max = 6) int rows,
            @ForAll @IntRange(min = 1, max = 20) int width,
            @ForAll @DoubleRange(min = 0.05, max = 2) double clip,
            @ForAll long seed) {
        Padded batch = new Padded(rows, width, seed);
        double[][] values = batch.random(1);
        double[][] old = batch.random(1);
        double[][] returns = batch.random(1);
        try (PointerScope _ = new PointerScope()) {
            ValueLoss loss = ValueLoss.of(
                    tensor(batch.packed(values)), tensor(batch.packed(old)), tensor(batch.packed(returns)), clip);

            double[] sums = new double[2];
            batch.forEach((row, t) -> {
                double clipped = PaddedReference.valueLoss(values[row][t], old[row][t], returns[row][t], clip);
                sums[0] += clipped;
                sums[1] += clipped > Math.pow(values[row][t] - returns[row][t], 2) / 2 ? 1 : 0;
            });
            assertThat(loss.sum().item_double()).isCloseTo(sums[0], NEAR);
            assertThat(loss.clipped().item_double()).isEqualTo(sums[1]);
        }
    }

    @Property(tries = 200)
    void likelihoods(@ForAll @IntRange(min = 1, max = 30) int tokens, @ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] logits = random.doubles((long) tokens * VOCABULARY, -8, 8).toArray();
        long[] ids = random.longs(tokens, 0, VOCABULARY).toArray();
        try (PointerScope _ = new PointerScope()) {
            Tensor all = torch.log_softmax(Tensors.of(logits, ComputeDevice.CPU, tokens, VOCABULARY), -1);

            double[] drawn = doubles(TokenLikelihood.ofDrawn(all, Tensors.of(ids, ComputeDevice.CPU, tokens, 1)));
            double[] entropies = doubles(TokenLikelihood.entropies(all));

            for (int token = 0; token < tokens; token++) {
                double[] row = Arrays.copyOfRange(logits, token * VOCABULARY, (token + 1) * VOCABULARY);
                assertThat(drawn[token]).isCloseTo(PaddedReference.logProbability(row, (int) ids[token]), NEAR);
                assertThat(entropies[token]).isCloseTo(PaddedReference.entropy(row), NEAR);
            }
        }
    }

    private static Tensor tensor(TokenRows rows) {
        return Tensors.of(rows.packed(), ComputeDevice.CPU, rows.tokens());
    }

    private static double[] doubles(Tensor tensor) {
        double[] values = new double[(int) tensor.numel()];
        for (int index = 0; index < values.length; index++) {
            values[index] = tensor.select(0, index).item_double();
        }
        return values;
    }

    private interface Place {
        void accept(int row, int token);
    }

    /** Rows of random lengths in a rectangle. */
    private static final class Padded {
        private final SplittableRandom random;
        private final boolean[][] mask;
        private final int[] lengths;

        Padded(int rows, int width, long seed) {
            random = new SplittableRandom(seed);
            lengths = random.ints(rows, 1, width + 1).toArray();
            mask = new boolean[rows][width];
            forEach((row, t) -> mask[row][t] = true);
        }

        /** Returns numbers about zero, and larger ones where padding is. */
        double[][] random(double size) {
            double[][] numbers = new double[mask.length][mask[0].length];
            for (int row = 0; row < numbers.length; row++) {
                for (int t = 0; t < numbers[row].length; t++) {
                    numbers[row][t] = random.nextDouble(-size, size) + (mask[row][t] ? 0 : 1e6);
                }
            }
            return numbers;
        }

        TokenRows packed(double[][] numbers) {
            double[][] rows = new double[numbers.length][];
            for (int row = 0; row < rows.length; row++) {
                rows[row] = Arrays.copyOf(numbers[row], lengths[row]);
            }
            return TokenRows.of(rows);
        }

        TokenRows packed(double[] numbers) {
            return TokenRows.packed(lengths, numbers);
        }

        void forEach(Place place) {
            for (int row = 0; row < lengths.length; row++) {
                for (int t = 0; t < lengths[row]; t++) {
                    place.accept(row, t);
                }
            }
        }
    }
}
