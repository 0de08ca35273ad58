package dev.winnow.ppo.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.winnow.ppo.tensor.ComputeDevice;
import dev.winnow.ppo.tensor.Tensors;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.data.Offset;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;

/** What training needs of the policy: gradients for every weight, padded or not, and memory that does not grow. */
class TrainingTest {
    private static final List<long[]> TEXTS =
            List.of(new long[] {1, 40, 41, 42, 50, 60, 7, 8, 9, 10}, new long[] {1, 33}, new long[] {1, 9, 9, 70, 20});

    @Test
    void everyWeightHasAFiniteGradientThatIgnoresPadding() throws IOException {
        for (String model : List.of("tied", "grouped")) {
            try (Policy policy = Policy.read(TestingPolicies.folder(model), ComputeDevice.CPU)) {
                policy.weights().setTrainable(true);
                List<float[]> left = gradients(policy, TokenBatch.leftPadded(TEXTS));
                List<float[]> right = gradients(policy, TokenBatch.rightPadded(TEXTS));

                for (int weight = 0; weight < left.size(); weight++) {
                    double largest = 0;
                    for (int index = 0; index < left.get(weight).length; index++) {
                        float gradient = left.get(weight)[index];
                        assertThat(gradient).isFinite();
                        assertThat(right.get(weight)[index]).isCloseTo(gradient, Offset.offset(1e-3f));
                        largest = Math.max(largest, Math.abs(gradient));
                    }
                    assertThat(largest).isGreaterThan(1e-3);
                }
            }
        }
    }

    /** Measured in live pointers and in the process's memory, of which a leak of each step's tensors takes 300 MB. */
    @Test
    void memoryDoesNotGrowWithTheSteps() throws IOException {
        List<long[]> texts = new ArrayList<>();
        for (int row = 0; row < 16; row++) {
            texts.add(new long[60]);
        }
        texts.set(0, new long[20]);
        try (Policy policy = Policy.read(TestingPolicies.folder("grouped"), ComputeDevice.CPU)) {
            policy.weights().setTrainable(true);
            TokenBatch batch = TokenBatch.leftPadded(texts);
            for (int step = 0; step < 20; step++) {
                step(policy, batch);
            }
            long pointers = Pointer.totalCount();
            long bytes = Pointer.physicalBytes();
            for (int step = 0; step < 200; step++) {
                step(policy, batch);
            }

            assertThat(Pointer.totalCount()).isEqualTo(pointers);
            assertThat(Pointer.physicalBytes() - bytes).isLessThan(100L << 20);
        }
    }

    /** Returns the gradients of the squared logits of real tokens, weight by weight. */
    private static List<float[]> gradients(Policy policy, TokenBatch batch) {
        List<float[]> gradients = new ArrayList<>();
        step(policy, batch);
        for (Tensor weight : policy.weights().all().values()) {
            try (PointerScope _ = new PointerScope()) {
                gradients.add(Tensors.floats(weight.grad()));
            }
        }
        return gradients;
    }

    private static void step(Policy policy, TokenBatch batch) {
        try (PointerScope _ = new PointerScope()) {
            for (Tensor weight : policy.weights().all().values()) {
                if (weight.grad().defined()) {
                    weight.mutable_grad().zero_();
                }
            }
            Tensor real = batch.real(ComputeDevice.CPU).to(ScalarType.Float).unsqueeze(-1);
            torch.square(policy.logits(batch).mul(real))
                    .mul(new Scalar(0.01))
                    .sum()
                    .backward();
        }
    }
}
