package dev.winnow.service.grpc;

import dev.winnow.service.domain.Failure;
import dev.winnow.service.domain.Lifetime;
import io.grpc.Context;
import io.grpc.Deadline;

/** Ends with the call: when its client cancels or goes away, or its deadline passes. */
final class CallLifetime {
    private CallLifetime() {}

    /** The lifetime of the call that the current thread serves. */
    static Lifetime current() {
        Context context = Context.current();
        return () -> {
            Deadline deadline = context.getDeadline();
            if (deadline != null && deadline.isExpired()) {
                return new Failure.DeadlineExceeded("call: its deadline passed before the sample ran");
            }
            return context.isCancelled() ? new Failure.Cancelled("call: cancelled before the sample ran") : null;
        };
    }
}
