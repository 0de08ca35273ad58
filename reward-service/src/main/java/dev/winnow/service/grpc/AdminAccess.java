package dev.winnow.service.grpc;

import dev.winnow.service.domain.Failure;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/** Lets calls of the AdminService through where it is switched on and the caller is on this machine. */
final class AdminAccess {
    private AdminAccess() {}

    /** The service, with each call of others refused before it is read. */
    static ServerServiceDefinition around(ServerServiceDefinition service, boolean enabled) {
        return ServerInterceptors.intercept(service, new ServerInterceptor() {
            @Override
            public <Q, A> ServerCall.Listener<Q> interceptCall(
                    ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
                String reason = refusal(enabled, call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR));
                if (reason == null) {
                    return next.startCall(call, headers);
                }
                call.close(
                        Statuses.toException(new Failure.PermissionDenied(reason))
                                .getStatus(),
                        new Metadata());
                return new ServerCall.Listener<>() {};
            }
        });
    }

    /** Why a caller is refused, or null. */
    static @Nullable String refusal(boolean enabled, @Nullable SocketAddress caller) {
        if (!enabled) {
            return "AdminService: switched off (expected: winnow.admin.enabled=true)";
        }
        if (caller instanceof InetSocketAddress address
                && address.getAddress() != null
                && address.getAddress().isLoopbackAddress()) {
            return null;
        }
        return "caller: %s (expected: a loopback address, since there are no credentials yet)".formatted(caller);
    }
}
