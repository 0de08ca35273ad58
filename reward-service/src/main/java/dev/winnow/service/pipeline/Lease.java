package dev.winnow.service.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/** Keeps the models of one call open until the call is over. Thread-safe; closing it again has no effect. */
final class Lease implements AutoCloseable {
    private final List<RewardModel> models;
    private final AtomicBoolean closed = new AtomicBoolean();

    private Lease(List<RewardModel> models) {
        this.models = models;
    }

    /** A lease of all the models, or none if one of them was closed. */
    static Optional<Lease> of(Set<RewardModel> models) {
        List<RewardModel> kept = new ArrayList<>(models.size());
        for (RewardModel model : models) {
            if (!model.leases().retain()) {
                kept.forEach(earlier -> earlier.leases().release());
                return Optional.empty();
            }
            kept.add(model);
        }
        return Optional.of(new Lease(kept));
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            models.forEach(model -> model.leases().release());
        }
    }
}
