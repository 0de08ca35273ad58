package dev.winnow.ppo.reward.connection;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.ForwardingClientCallListener.SimpleForwardingClientCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Makes {@code UNAVAILABLE} of calls that the other side dropped, for which gRPC has other words too: {@code CANCELLED},
 * though the client has not cancelled, where a server that is stopped resets its streams; {@code RESOURCE_EXHAUSTED},
 * where it closes the connection because of too many pings; {@code UNKNOWN}, where the connection ends while something is
 * written to it. What a server itself says has no cause here.
 */
final class DroppedCalls implements ClientInterceptor {
    @Override
    public <Q, A> ClientCall<Q, A> interceptCall(MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
        return new SimpleForwardingClientCall<>(next.newCall(method, options)) {
            private volatile boolean cancelledHere;

            @Override
            public void start(Listener<A> listener, Metadata headers) {
                Listener<A> renaming = new SimpleForwardingClientCallListener<>(listener) {
                    @Override
                    public void onClose(Status status, Metadata trailers) {
                        super.onClose(isDropped(status, cancelledHere) ? unavailable(status) : status, trailers);
                    }
                };
                super.start(renaming, headers);
            }

            @Override
            public void cancel(@Nullable String message, @Nullable Throwable cause) {
                cancelledHere = true;
                super.cancel(message, cause);
            }
        };
    }

    private static boolean isDropped(Status status, boolean cancelledHere) {
        String description = status.getDescription();
        return switch (status.getCode()) {
            case CANCELLED -> !cancelledHere;
            case RESOURCE_EXHAUSTED -> description != null && description.contains("ENHANCE_YOUR_CALM");
            case UNKNOWN -> status.getCause() instanceof IOException;
            default -> false;
        };
    }

    private static Status unavailable(Status status) {
        return Status.UNAVAILABLE.withDescription(status.getDescription()).withCause(status.getCause());
    }
}
