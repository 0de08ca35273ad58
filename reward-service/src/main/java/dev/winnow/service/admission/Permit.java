package dev.winnow.service.admission;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A share of what may be in flight, held from admission until the sample's work has ended. Thread-safe; closing it again
 * has no effect.
 */
public final class Permit implements AutoCloseable {
    private final Admission admission;
    private final Share share;
    private final AtomicReference<@Nullable Cost> held;

    Permit(Admission admission, Share share, Cost cost) {
        this.admission = admission;
        this.share = share;
        this.held = new AtomicReference<>(cost);
    }

    /** Says how many tokens the sample has, which was an estimate until now. */
    public void resizeTo(long tokens) {
        Cost estimate = held.get();
        if (estimate != null && held.compareAndSet(estimate, new Cost(estimate.bytes(), tokens))) {
            admission.resize(share, estimate, tokens);
        }
    }

    @Override
    public void close() {
        Cost cost = held.getAndSet(null);
        if (cost != null) {
            admission.release(share, cost);
        }
    }
}
