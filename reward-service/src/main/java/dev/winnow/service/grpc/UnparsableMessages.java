package dev.winnow.service.grpc;

import com.google.protobuf.InvalidProtocolBufferException;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;

/**
 * Answers bytes that are no message, invalid UTF-8 in a string among them, with INVALID_ARGUMENT. By default gRPC parses
 * before any handler and calls the failure INTERNAL, as if it were the server's.
 */
final class UnparsableMessages {
    private UnparsableMessages() {}

    /** The service, with its messages parsed inside the handlers, where a failure is seen. */
    static ServerServiceDefinition around(ServerServiceDefinition service) {
        return ServerInterceptors.intercept(
                ServerInterceptors.useMarshalledMessages(service, new ByteArrayMarshaller()),
                UnparsableMessages::intercept);
    }

    private static <Q, A> ServerCall.Listener<Q> intercept(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        return new SimpleForwardingServerCallListener<>(next.startCall(call, headers)) {
            private boolean closed;

            @Override
            public void onMessage(Q message) {
                try {
                    if (!closed) {
                        super.onMessage(message);
                    }
                } catch (StatusRuntimeException e) {
                    if (!(e.getCause() instanceof InvalidProtocolBufferException unparsable)) {
                        throw e;
                    }
                    closed = true;
                    super.onCancel();
                    call.close(
                            Status.INVALID_ARGUMENT.withDescription("message of %s: %s (expected: a serialized message)"
                                    .formatted(
                                            call.getMethodDescriptor().getFullMethodName(), unparsable.getMessage())),
                            new Metadata());
                }
            }

            @Override
            public void onHalfClose() {
                if (!closed) {
                    super.onHalfClose();
                }
            }
        };
    }
}
