package dev.winnow.ppo.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.winnow.ppo.tensor.ComputeDevice;
import dev.winnow.ppo.tensor.StoredType;
import dev.winnow.ppo.tensor.Tensors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ValueModelTest {
    private static final TokenBatch BATCH = TokenBatch.rightPadded(List.of(new long[] {1, 5, 6}, new long[] {1, 7}));

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    private Path folder;

    @Test
    void startsFromAPolicyWithValuesOfZero() throws IOException {
        try (ValueModel model = ValueModel.startFrom(TestingPolicies.folder("tied"), ComputeDevice.CPU)) {
            assertThat(values(model)).hasSize(6).containsOnly(0);
        }
    }

    @Test
    void readsWhatItWrote() throws IOException {
        Path written = folder.resolve("written");
        float[] expected;
        try (ValueModel model = ValueModel.read(TestingPolicies.folder("value"), ComputeDevice.CPU)) {
            expected = values(model);
            model.write(written, StoredType.F32);
        }
        try (ValueModel model = ValueModel.read(written, ComputeDevice.CPU)) {
            assertThat(values(model)).containsExactly(expected);
        }
    }

    /** The head of a value model, put onto a policy with the same decoder, gives that model's values. */
    @Test
    void headOnThePolicysHiddenStates() throws IOException {
        Path source = TestingPolicies.folder("value");
        Path file = folder.resolve("value-head.safetensors");
        try (ValueModel model = ValueModel.read(source, ComputeDevice.CPU)) {
            model.head().write(file);
            LlamaConfig config = new ModelDirectory(source).config();
            ValueHead head = ValueHead.read(file, config, ComputeDevice.CPU);
            try (PointerScope _ = new PointerScope()) {
                float[] values = Tensors.floats(head.values(new Llama(config, model.weights()).forward(BATCH, null)));

                assertThat(values).containsExactly(values(model));
            }
            head.weights().close();
        }
    }

    private static float[] values(ValueModel model) {
        try (PointerScope _ = new PointerScope()) {
            return Tensors.floats(model.values(BATCH));
        }
    }
}
