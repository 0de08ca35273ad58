package dev.winnow.service.domain;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How long work is of use to who asked for it: until it is ended, once, with the reason. Who listens hears of it at once,
 * so that work is dropped at whatever stage it is. Thread-safe.
 */
public final class Lifetime {
    private final Set<Listener> listeners = new LinkedHashSet<>();
    private @Nullable Failure ended;

    /** Compared by identity: the same consumer may listen twice. */
    private static final class Listener {
        private final Consumer<Failure> consumer;

        Listener(Consumer<Failure> consumer) {
            this.consumer = consumer;
        }
    }

    /** Why the work is of no use any more, or null while it is. */
    public synchronized @Nullable Failure ended() {
        return ended;
    }

    /** Ends it and tells all who listen, in the order in which they began to. Only the first reason counts. */
    public void end(Failure reason) {
        List<Listener> told;
        synchronized (this) {
            if (ended != null) {
                return;
            }
            ended = reason;
            told = List.copyOf(listeners);
            listeners.clear();
        }
        told.forEach(listener -> listener.consumer.accept(reason));
    }

    /** Tells {@code listener} when it ends, in the thread that ends it; at once if it has ended. */
    public Registration whenEnded(Consumer<Failure> listener) {
        Listener own = new Listener(listener);
        Failure reason;
        synchronized (this) {
            reason = ended;
            if (reason == null) {
                listeners.add(own);
            }
        }
        if (reason != null) {
            listener.accept(reason);
        }
        return () -> remove(own);
    }

    private synchronized void remove(Listener listener) {
        listeners.remove(listener);
    }
}
