package dev.winnow.service.batch;

import dev.winnow.service.domain.Caller;
import dev.winnow.service.model.Logits;
import dev.winnow.service.model.ModelRunner;
import dev.winnow.service.model.TokenRow;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** One row of one model and all who wait for it. Guarded by its scheduler. */
final class Job implements QueuedRow {
    /** What makes two jobs one. */
    record Key(ModelRunner runner, TokenRow row) {}

    /** One who waits; compared by identity. */
    static final class Waiter {
        final CompletableFuture<Logits> future = new CompletableFuture<>();
    }

    final Key key;
    /** Who asked first; it is the row of all who joined, but charged to this one. */
    final Caller caller;

    final long queuedAt;
    final List<Waiter> waiters = new ArrayList<>();
    /** Null while it is queued. */
    @Nullable
    Run run;

    Job(Key key, Caller caller, long queuedAt) {
        this.key = key;
        this.caller = caller;
        this.queuedAt = queuedAt;
    }

    @Override
    public int width() {
        return key.row().width();
    }

    ModelRunner runner() {
        return key.runner();
    }
}
