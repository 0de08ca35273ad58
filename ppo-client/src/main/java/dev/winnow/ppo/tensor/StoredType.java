package dev.winnow.ppo.tensor;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** How a safetensors file stores numbers. The names are those of the format. */
public enum StoredType {
    F32(4),
    F16(2),
    BF16(2),
    I64(8);

    private final long bytes;

    StoredType(long bytes) {
        this.bytes = bytes;
    }

    /** Returns how many bytes a number of numbers takes in a file. */
    public long bytes(long numbers) {
        return numbers * bytes;
    }

    ScalarType scalarType() {
        return switch (this) {
            case F32 -> ScalarType.Float;
            case F16 -> ScalarType.Half;
            case BF16 -> ScalarType.BFloat16;
            case I64 -> ScalarType.Long;
        };
    }

    static String names() {
        return Arrays.stream(values()).map(Enum::name).collect(Collectors.joining(", "));
    }
}
