package dev.winnow.ppo.tensor;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Named fp32 tensors on one device that live until they are closed, whatever scopes end meanwhile. Not safe for several
 * threads.
 */
public final class Weights implements AutoCloseable {
    private final SequencedMap<String, Tensor> tensors = new LinkedHashMap<>();
    private final ComputeDevice device;

    public Weights(ComputeDevice device) {
        this.device = device;
    }

    public ComputeDevice device() {
        return device;
    }

    /** Puts a copy of a tensor. */
    public void put(String name, Tensor tensor) {
        try (PointerScope _ = new PointerScope()) {
            Tensor copy = tensor.detach()
                    .to(device.options(ScalarType.Float), false, /* copy */ true, new MemoryFormatOptional());
            tensors.put(name, copy.retainReference());
        }
    }

    public Tensor get(String name) {
        Tensor tensor = tensors.get(name);
        if (tensor == null) {
            throw new IllegalArgumentException("weight: %s (expected: one of %s)".formatted(name, tensors.keySet()));
        }
        return tensor;
    }

    /** Returns all in the order in which they were put. */
    public SequencedMap<String, Tensor> all() {
        return Collections.unmodifiableSequencedMap(tensors);
    }

    /** Says whether a backward pass is to reach the weights; at first it does not. */
    public void setTrainable(boolean trainable) {
        tensors.values().forEach(tensor -> tensor.set_requires_grad(trainable));
    }

    /**
     * Takes the numbers of others of the same names and shapes.
     *
     * @throws IllegalArgumentException where one has no counterpart
     */
    public void copyFrom(Weights others) {
        try (PointerScope _ = new PointerScope();
                NoGradGuard _ = new NoGradGuard()) {
            tensors.forEach((name, tensor) -> tensor.copy_(others.get(name)));
        }
    }

    @Override
    public void close() {
        tensors.values().forEach(Tensor::releaseReference);
        tensors.clear();
    }
}
