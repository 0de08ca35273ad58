package dev.winnow.service.grpc;

import com.google.protobuf.Any;
import com.google.protobuf.util.Durations;
import com.google.rpc.Code;
import com.google.rpc.RetryInfo;
import com.google.rpc.Status;
import dev.winnow.service.domain.Failure;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;

/** The one mapping from failures to gRPC statuses. */
final class Statuses {
    private Statuses() {}

    static Code code(Failure failure) {
        return switch (failure) {
            case Failure.InvalidArgument invalid -> Code.INVALID_ARGUMENT;
            case Failure.OutOfRange tooLong -> Code.OUT_OF_RANGE;
            case Failure.NotFound unknown -> Code.NOT_FOUND;
            case Failure.FailedPrecondition unfit -> Code.FAILED_PRECONDITION;
            case Failure.PermissionDenied denied -> Code.PERMISSION_DENIED;
            case Failure.Overloaded overloaded -> Code.RESOURCE_EXHAUSTED;
            case Failure.DeadlineExceeded late -> Code.DEADLINE_EXCEEDED;
            case Failure.Cancelled cancelled -> Code.CANCELLED;
            case Failure.Unavailable unavailable -> Code.UNAVAILABLE;
            case Failure.Internal internal -> Code.INTERNAL;
        };
    }

    /** The status that ends a call; with RetryInfo where, and only where, trying again may help. */
    static StatusRuntimeException toException(Failure failure) {
        Status.Builder status =
                Status.newBuilder().setCode(code(failure).getNumber()).setMessage(failure.message());
        if (failure instanceof Failure.Overloaded overloaded) {
            status.addDetails(Any.pack(RetryInfo.newBuilder()
                    .setRetryDelay(Durations.fromMillis(overloaded.retryAfter().toMillis()))
                    .build()));
        }
        return StatusProto.toStatusRuntimeException(status.build());
    }
}
