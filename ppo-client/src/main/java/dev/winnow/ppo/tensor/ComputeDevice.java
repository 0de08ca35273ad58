package dev.winnow.ppo.tensor;

import java.util.Locale;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.DeviceOptional;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;

/** Where tensors lie and are computed with. The names in lower case are those of the option. */
public enum ComputeDevice {
    CPU,
    CUDA;

    /**
     * Returns the device of an option.
     *
     * @throws IllegalArgumentException where there is none of that name, or this machine or PyTorch build lacks it
     */
    public static ComputeDevice parse(String name) {
        for (ComputeDevice device : values()) {
            if (device.toString().equals(name)) {
                if (device == CUDA && !torch.cuda_is_available()) {
                    throw new IllegalArgumentException(
                            "device: cuda (expected: cpu, as PyTorch finds no CUDA device here)");
                }
                return device;
            }
        }
        throw new IllegalArgumentException("device: %s (expected: cpu or cuda)".formatted(name));
    }

    /** Returns options for a new tensor; they belong to the caller's scope. */
    public TensorOptions options(torch.ScalarType type) {
        return new TensorOptions(type).device(new DeviceOptional(new Device(toString())));
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
