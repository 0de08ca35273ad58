package dev.winnow.ppo.tensor;

import java.util.function.Supplier;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/**
 * Who frees a tensor. A tensor belongs to the innermost {@link PointerScope} that is open in the thread that made it,
 * and is freed when that closes. The garbage collector does not see its size, so without a scope memory grows until
 * there is no more. Each step of a computation therefore opens a scope; what outlives it is kept or retained.
 */
public final class Scopes {
    private Scopes() {}

    /**
     * Computes one tensor in a scope of its own, so that what is made on the way is freed at once, and hands the result
     * to the caller's scope. What the backward pass needs is not freed: PyTorch holds it itself.
     *
     * @throws IllegalStateException where the caller has no scope open
     */
    public static Tensor keep(Supplier<Tensor> computation) {
        PointerScope callers = PointerScope.getInnerScope();
        if (callers == null) {
            throw new IllegalStateException("no PointerScope is open (expected: one for each step)");
        }
        try (PointerScope _ = new PointerScope()) {
            Tensor result = computation.get();
            callers.attach(result);
            return result;
        }
    }

    /** Computes something that is no tensor in a scope of its own. */
    public static <T> T read(Supplier<T> computation) {
        try (PointerScope _ = new PointerScope()) {
            return computation.get();
        }
    }
}
