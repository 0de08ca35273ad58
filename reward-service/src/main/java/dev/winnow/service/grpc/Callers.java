package dev.winnow.service.grpc;

import dev.winnow.service.domain.Caller;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/** Tells callers apart: by the address that they call from, whatever the number of their connections. */
final class Callers {
    private static final Context.Key<Caller> CALLER = Context.key("winnow-caller");

    private Callers() {}

    /** The service, its handlers told who calls. */
    static ServerServiceDefinition identify(ServerServiceDefinition service) {
        return ServerInterceptors.intercept(service, Callers::identifyCall);
    }

    /** Who made the call that the current thread serves. */
    static Caller current() {
        Caller caller = CALLER.get();
        if (caller == null) {
            throw new IllegalStateException("a call without a caller");
        }
        return caller;
    }

    private static <Q, A> ServerCall.Listener<Q> identifyCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        SocketAddress address = call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR);
        Caller caller = new Caller(hostOf(address), false);
        return Contexts.interceptCall(Context.current().withValue(CALLER, caller), call, headers, next);
    }

    private static String hostOf(@Nullable SocketAddress address) {
        return address instanceof InetSocketAddress internet
                ? internet.getAddress().getHostAddress()
                : String.valueOf(address);
    }
}
