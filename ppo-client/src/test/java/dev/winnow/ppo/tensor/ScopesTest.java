package dev.winnow.ppo.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

class ScopesTest {
    @Test
    void keptTensorLivesUntilTheCallersScopeCloses() {
        Tensor kept;
        long before = Pointer.totalCount();
        try (PointerScope _ = new PointerScope()) {
            kept = Scopes.keep(() -> Tensors.of(new float[] {1, 2}, ComputeDevice.CPU, 2)
                    .add(Tensors.of(new float[] {3, 4}, ComputeDevice.CPU, 2)));

            assertThat(Tensors.floats(kept)).containsExactly(4, 6);
            assertThat(Pointer.totalCount()).isEqualTo(before + 1);
        }
        assertThat(kept.isNull()).isTrue();
        assertThat(Pointer.totalCount()).isEqualTo(before);
    }

    @Test
    void refusesToMakeTensorsThatNobodyFrees() {
        assertThatThrownBy(() -> Tensors.of(new float[1], ComputeDevice.CPU, 1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("no PointerScope is open (expected: one for each step)");
    }

    @Test
    void weightsOutliveTheScopesOfTheirMaker() {
        Weights weights = new Weights(ComputeDevice.CPU);
        try (PointerScope _ = new PointerScope()) {
            weights.put("a", Tensors.of(new float[] {1, 2}, ComputeDevice.CPU, 2));
        }
        Tensor weight = weights.get("a");

        assertThat(Tensors.floats(weight)).containsExactly(1, 2);
        weights.close();
        assertThat(weight.isNull()).isTrue();
    }
}
