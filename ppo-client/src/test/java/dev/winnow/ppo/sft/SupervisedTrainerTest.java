package dev.winnow.ppo.sft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.winnow.ppo.policy.Policy;
import dev.winnow.ppo.policy.TokenBatch;
import dev.winnow.ppo.ppo.AdamSettings;
import dev.winnow.ppo.tensor.ComputeDevice;
import dev.winnow.ppo.tensor.Tensors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.junit.jupiter.api.Test;

class SupervisedTrainerTest {
    private static final Path MODEL = Path.of("src/test/resources/policies/tied");
    private static final List<Example> EXAMPLES = List.of(
            new Example(new long[] {1, 40}, new long[] {10, 11, 12, 2}),
            new Example(new long[] {1}, new long[] {20, 2}),
            new Example(new long[] {1, 41, 42}, new long[] {30, 31, 2}));

    @Test
    void lossIsThatOfTheResponsesAlone() throws IOException {
        try (Policy policy = Policy.read(MODEL, ComputeDevice.CPU);
                SupervisedTrainer trainer = new SupervisedTrainer(settings(2), policy, EXAMPLES)) {
            double expected = 0;
            for (Example example : EXAMPLES) {
                expected += minusLogLikelihood(policy, example);
            }
            expected /= 4 + 2 + 3;

            assertThat(trainer.evaluate(EXAMPLES).get("evaluation/loss")).isCloseTo(expected, within(1e-5));
            assertThat(trainer.evaluate(EXAMPLES).get("evaluation/perplexity"))
                    .isCloseTo(Math.exp(expected), within(1e-2));
            assertThat(trainer.step(0).get("loss/train")).isCloseTo(expected, within(1e-5));
        }
    }

    @Test
    void learnsItsExamplesByHeart() throws IOException {
        try (Policy policy = Policy.read(MODEL, ComputeDevice.CPU);
                SupervisedTrainer trainer = new SupervisedTrainer(settings(3), policy, EXAMPLES)) {
            double before = trainer.evaluate(EXAMPLES).get("evaluation/loss");
            trainer.step(0);
            long live = Pointer.totalCount();
            for (int step = 1; step < 100; step++) {
                trainer.step(step);
            }

            assertThat(before).isGreaterThan(3);
            assertThat(trainer.evaluate(EXAMPLES).get("evaluation/loss")).isLessThan(0.1);
            assertThat(Pointer.totalCount()).as("live pointers").isEqualTo(live);
        }
    }

    @Test
    void microBatchesChangeNothing() throws IOException {
        try (Policy one = Policy.read(MODEL, ComputeDevice.CPU);
                Policy other = Policy.read(MODEL, ComputeDevice.CPU);
                SupervisedTrainer together = new SupervisedTrainer(settings(3), one, EXAMPLES);
                SupervisedTrainer apart = new SupervisedTrainer(settings(1), other, EXAMPLES)) {
            assertThat(together.step(0).get("gradient_norm/policy"))
                    .isCloseTo(apart.step(0).get("gradient_norm/policy"), within(1e-4));
            assertThat(together.evaluate(EXAMPLES).get("evaluation/loss"))
                    .isCloseTo(apart.evaluate(EXAMPLES).get("evaluation/loss"), within(1e-4));
        }
    }

    /** Computes it from all logits of the example alone. */
    private static double minusLogLikelihood(Policy policy, Example example) {
        long[] prompt = example.prompt();
        long[] response = example.response();
        long[] text = new long[prompt.length + response.length];
        System.arraycopy(prompt, 0, text, 0, prompt.length);
        System.arraycopy(response, 0, text, prompt.length, response.length);
        float[] logits;
        try (PointerScope _ = new PointerScope()) {
            logits = Tensors.floats(policy.logits(TokenBatch.rightPadded(List.of(text))));
        }
        int vocabulary = logits.length / text.length;
        double sum = 0;
        for (int token = 0; token < response.length; token++) {
            int row = (prompt.length + token - 1) * vocabulary;
            double normaliser = 0;
            for (int id = 0; id < vocabulary; id++) {
                normaliser += Math.exp(logits[row + id]);
            }
            sum += Math.log(normaliser) - logits[row + (int) response[token]];
        }
        return sum;
    }

    private static SupervisedSettings settings(int microBatch) {
        return new SupervisedSettings(
                7,
                3,
                microBatch,
                new Schedule(1e-2, 0, Schedule.Decay.COSINE, 0),
                new AdamSettings(0.9, 0.999, 1e-8, 0),
                Double.POSITIVE_INFINITY);
    }
}
