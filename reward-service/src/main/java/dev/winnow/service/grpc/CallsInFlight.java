package dev.winnow.service.grpc;

import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Counts calls until their last byte is sent, so that a stop can wait for the answers and not only for the work.
 * Thread-safe.
 */
public final class CallsInFlight {
    private final Set<Runnable> openStreams = new HashSet<>();
    private int calls;
    private boolean draining;

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

    /** Tells open streams to finish what they have read and to end. */
    public void drain() {
        Set<Runnable> open;
        synchronized (this) {
            draining = true;
            open = Set.copyOf(openStreams);
        }
        open.forEach(Runnable::run);
    }

    /**
     * Waits until no call is in flight.
     *
     * @return whether that came within the timeout
     */
    public synchronized boolean awaitNone(Duration timeout) throws InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (calls > 0) {
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (left <= 0) {
                return false;
            }
            wait(left);
        }
        return true;
    }

    private <Q, A> ServerCall.Listener<Q> countCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        add(1);
        return new SimpleForwardingServerCallListener<>(next.startCall(call, headers)) {
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
        notifyAll();
    }
}
