package dev.winnow.service.batch;

import dev.winnow.service.domain.Caller;
import dev.winnow.service.model.Logits;
import dev.winnow.service.model.ModelRunner;
import dev.winnow.service.model.TokenRow;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** One row of one model and all who wait for it. Guarded by its scheduler. */
final class Job implements QueuedRow {
    /** What makes two jobs one. */
    record Key(ModelRunner runner, TokenRow row) {}

    /** One who waits; compared by identity. */
    static final class Waiter {
        final Caller caller;
        final CompletableFuture<Logits> future = new CompletableFuture<>();

        Waiter(Caller caller) {
            this.caller = caller;
        }
    }

    final Key key;
    final long queuedAt;
    /** The callers in whose lines it waits; the one whose turn comes first is charged. */
    final LinkedHashSet<Caller> places = new LinkedHashSet<>();

    final List<Waiter> waiters = new ArrayList<>();
    /** Null while it is queued. */
    @Nullable
    Run run;

    Job(Key key, long queuedAt) {
        this.key = key;
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
