package dev.winnow.service.grpc;

import dev.winnow.service.domain.Caller;
import dev.winnow.service.domain.WorkEvents;
import io.grpc.Context;
import io.grpc.Deadline;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** Tells how each call ended. Within {@link Callers}. */
final class CallEvents implements ServerInterceptor {
    private final WorkEvents events;

    CallEvents(WorkEvents events) {
        this.events = events;
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        Caller caller = Callers.current();
        String method = String.valueOf(call.getMethodDescriptor().getBareMethodName());
        Deadline deadline = Context.current().getDeadline();
        AtomicBoolean finished = new AtomicBoolean();
        Consumer<Status> finish = status -> {
            if (finished.compareAndSet(false, true)) {
                events.callFinished(method, caller, status.getCode().name());
            }
        };
        return new SimpleForwardingServerCallListener<>(next.startCall(closing(call, finish), headers)) {
            @Override
            public void onCancel() {
                finish.accept(deadline != null && deadline.isExpired() ? Status.DEADLINE_EXCEEDED : Status.CANCELLED);
                super.onCancel();
            }
        };
    }

    private static <Q, A> ServerCall<Q, A> closing(ServerCall<Q, A> call, Consumer<Status> finish) {
        return new SimpleForwardingServerCall<>(call) {
            @Override
            public void close(Status status, Metadata trailers) {
                finish.accept(status);
                super.close(status, trailers);
            }
        };
    }
}
