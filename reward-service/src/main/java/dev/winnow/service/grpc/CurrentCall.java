package dev.winnow.service.grpc;

import dev.winnow.service.domain.Call;
import dev.winnow.service.domain.Failure;
import dev.winnow.service.domain.Lifetime;
import io.grpc.Context;
import io.grpc.Deadline;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The call that the current thread serves, as the engine knows it. */
final class CurrentCall {
    private CurrentCall() {}

    /** The call with its caller, lifetime and time left. */
    static Call get() {
        Optional<Duration> timeLeft = Optional.ofNullable(Context.current().getDeadline())
                .map(deadline -> Duration.ofNanos(deadline.timeRemaining(TimeUnit.NANOSECONDS)));
        return new Call(Callers.current(), lifetime(), timeLeft);
    }

    /** Ends when the call is over, however it ends: gRPC cancels its context even when it was answered. */
    static Lifetime lifetime() {
        Lifetime lifetime = new Lifetime();
        Context.current().addListener(ended -> end(lifetime, ended), Runnable::run);
        return lifetime;
    }

    /** What a call that was not answered leaves behind is much to drop for an event loop, where gRPC tells of it. */
    private static void end(Lifetime lifetime, Context ended) {
        Failure reason = reason(ended);
        if (ended.cancellationCause() == null) {
            lifetime.end(reason);
        } else {
            Thread.startVirtualThread(() -> lifetime.end(reason));
        }
    }

    private static Failure reason(Context ended) {
        Deadline deadline = ended.getDeadline();
        return deadline != null && deadline.isExpired()
                ? new Failure.DeadlineExceeded("call: its deadline passed before the sample was scored")
                : new Failure.Cancelled("call: cancelled before the sample was scored");
    }
}
