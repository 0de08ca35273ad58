package dev.winnow.service.grpc;

import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Counts calls until their last byte is sent, so that a stop can wait for the answers and not only for the work.
 * Thread-safe.
 */
public final class CallsInFlight {
    private final Set<Runnable> openStreams = new HashSet<>();
    private final CompletableFuture<Void> lastEnded = new CompletableFuture<>();
    private int calls;
    private boolean draining;
    private boolean awaited;

    /** The service, with its calls counted. */
    ServerServiceDefinition count(ServerServiceDefinition service) {
        return ServerInterceptors.intercept(service, this::countCall);
    }

    /** Has {@code drain} run when the service drains; at once if it does already. */
    void streamOpened(Runnable drain) {
        synchronized (this) {
            openStreams.add(drain);
            if (!draining) {
                return;
            }
        }
        drain.run();
    }

    synchronized void streamEnded(Runnable drain) {
        openStreams.remove(drain);
    }

    /** Tells open streams, and those that are still opened, to finish what they have read and to end. */
    public void drainStreams() {
        Set<Runnable> open;
        synchronized (this) {
            draining = true;
            open = Set.copyOf(openStreams);
        }
        open.forEach(Runnable::run);
    }

    /** Returns what is completed once no call is in flight, from now on. */
    public synchronized CompletableFuture<Void> lastEnded() {
        awaited = true;
        add(0);
        return lastEnded;
    }

    private <Q, A> ServerCall.Listener<Q> countCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        ServerCall.Listener<Q> started = next.startCall(call, headers);
        add(1);
        return new SimpleForwardingServerCallListener<>(started) {
            @Override
            public void onComplete() {
                add(-1);
                super.onComplete();
            }

            @Override
            public void onCancel() {
                add(-1);
                super.onCancel();
            }
        };
    }

    private synchronized void add(int difference) {
        calls += difference;
        if (awaited && calls == 0) {
            lastEnded.complete(null);
        }
    }
}
