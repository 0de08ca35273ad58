package dev.winnow.ppo.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;

class ComputeDeviceTest {
    @Test
    void namesAreThoseOfTheOption() {
        assertThat(ComputeDevice.parse("cpu")).isEqualTo(ComputeDevice.CPU);
        assertThatThrownBy(() -> ComputeDevice.parse("CPU")).hasMessage("device: CPU (expected: cpu or cuda)");
        assertThatThrownBy(() -> ComputeDevice.parse("tpu")).hasMessage("device: tpu (expected: cpu or cuda)");
    }

    @Test
    void cudaIsRefusedWhereThereIsNone() {
        if (torch.cuda_is_available()) {
            assertThat(ComputeDevice.parse("cuda")).isEqualTo(ComputeDevice.CUDA);
        } else {
            assertThatThrownBy(() -> ComputeDevice.parse("cuda"))
                    .hasMessage("device: cuda (expected: cpu, as PyTorch finds no CUDA device here)");
        }
    }
}
