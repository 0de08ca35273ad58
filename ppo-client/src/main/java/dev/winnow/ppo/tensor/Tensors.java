package dev.winnow.ppo.tensor;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.stream.LongStream;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Tensors from arrays and arrays from tensors, both copied. Tensors belong to the caller's scope. */
public final class Tensors {
    private Tensors() {}

    /** Returns an int64 tensor. */
    public static Tensor of(long[] values, ComputeDevice device, long... shape) {
        return ofMemory(MemorySegment.ofArray(values), ScalarType.Long, device, shape);
    }

    /** Returns a float64 tensor. */
    public static Tensor of(double[] values, ComputeDevice device, long... shape) {
        return ofMemory(MemorySegment.ofArray(values), ScalarType.Double, device, shape);
    }

    /** Returns a float32 tensor. */
    public static Tensor of(float[] values, ComputeDevice device, long... shape) {
        return ofMemory(MemorySegment.ofArray(values), ScalarType.Float, device, shape);
    }

    /** Returns a tensor of truth values. */
    public static Tensor of(boolean[] values, ComputeDevice device, long... shape) {
        byte[] bytes = new byte[values.length];
        for (int index = 0; index < values.length; index++) {
            bytes[index] = (byte) (values[index] ? 1 : 0);
        }
        return ofMemory(MemorySegment.ofArray(bytes), ScalarType.Bool, device, shape);
    }

    /** Returns the values as float32, row by row. */
    public static float[] floats(Tensor tensor) {
        return Scopes.read(() -> memory(inMainMemory(tensor, ScalarType.Float)).toArray(ValueLayout.JAVA_FLOAT));
    }

    /** Returns the values as int64, row by row. */
    public static long[] longs(Tensor tensor) {
        return Scopes.read(() -> memory(inMainMemory(tensor, ScalarType.Long)).toArray(ValueLayout.JAVA_LONG));
    }

    public static List<Long> shape(Tensor tensor) {
        return LongStream.range(0, tensor.dim()).map(tensor::size).boxed().toList();
    }

    /** Returns a tensor with the bytes of a segment, which hold its values row by row. */
    static Tensor ofMemory(MemorySegment values, ScalarType type, ComputeDevice device, long... shape) {
        return Scopes.keep(() -> {
            Tensor tensor = torch.empty(shape, ComputeDevice.CPU.options(type), new MemoryFormatOptional());
            if (tensor.nbytes() != values.byteSize()) {
                throw new IllegalArgumentException(
                        "values: %d bytes (expected: %d)".formatted(values.byteSize(), tensor.nbytes()));
            }
            memory(tensor).copyFrom(values);
            return tensor.to(device.options(type), false, false, new MemoryFormatOptional());
        });
    }

    /** Returns the memory of a contiguous tensor on the CPU; it is valid as long as the tensor is. */
    static MemorySegment memory(Tensor tensor) {
        if (tensor.nbytes() == 0) {
            return MemorySegment.NULL;
        }
        return MemorySegment.ofAddress(tensor.data_ptr().address()).reinterpret(tensor.nbytes());
    }

    /** Returns the values in main memory, without gaps, as a type. */
    static Tensor inMainMemory(Tensor tensor, ScalarType type) {
        return tensor.detach().cpu().to(type).contiguous();
    }
}
