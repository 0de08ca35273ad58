package dev.winnow.ppo.reward;

import com.google.protobuf.Any;
import com.google.protobuf.util.Durations;
import com.google.rpc.Code;
import com.google.rpc.RetryInfo;
import dev.winnow.v1.Error;
import dev.winnow.v1.Sample;
import dev.winnow.v1.SampleResult;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Results as they are handed to the caller: under the caller's id, and never less than what was asked for. */
final class Results {
    private Results() {}

    /** Returns why a sample has no answer that was still under way when its scorer was closed. */
    static StatusRuntimeException closed() {
        return Status.CANCELLED.withDescription("the client was closed").asRuntimeException();
    }

    /** Returns the server's answer to a sample, or an error where the answer lacks a reward. */
    static SampleResult answered(Sample sample, SampleResult answer, int rewards) {
        int vectors = answer.getRewards().getVectorsCount();
        if (answer.hasError() || vectors == rewards) {
            return answer.toBuilder().setId(sample.getId()).build();
        }
        String message = "rewards in the server's answer: %d (expected: %d)".formatted(vectors, rewards);
        return failed(sample, Status.INTERNAL.withDescription(message));
    }

    /** Returns the error of a sample whose call failed. */
    static SampleResult failed(Sample sample, Throwable failure) {
        return failed(sample, Status.fromThrowable(failure));
    }

    /** Returns the error of a sample that is larger than the server takes; to send it would end the whole call. */
    static SampleResult tooLarge(Sample sample, int bytes, Limits limits) {
        String message = "bytes of the message: %d (expected: <= %d)".formatted(bytes, limits.bytes());
        return failed(sample, Status.RESOURCE_EXHAUSTED.withDescription(message));
    }

    /** Returns the error of a sample that was not answered in time. */
    static SampleResult late(Sample sample, Duration timeout) {
        String message = "no answer within %d ms".formatted(timeout.toMillis());
        return failed(sample, Status.DEADLINE_EXCEEDED.withDescription(message));
    }

    /**
     * Returns the error of a sample as the failure of its try where another try may do better; null where the answer
     * stands. Whoever gave the sample a deadline of its own wants no other try after it.
     */
    static @Nullable StatusRuntimeException passing(Sample sample, SampleResult answer) {
        Error error = answer.getError();
        boolean passes = switch (error.getCode()) {
            case UNAVAILABLE -> true;
            case RESOURCE_EXHAUSTED -> error.getRetryAfterMs() > 0;
            case DEADLINE_EXCEEDED -> sample.getTimeoutMs() == 0;
            default -> false;
        };
        return passes ? toException(error) : null;
    }

    private static StatusRuntimeException toException(Error error) {
        com.google.rpc.Status.Builder status =
                com.google.rpc.Status.newBuilder().setCode(error.getCodeValue()).setMessage(error.getMessage());
        if (error.getRetryAfterMs() > 0) {
            status.addDetails(Any.pack(RetryInfo.newBuilder()
                    .setRetryDelay(Durations.fromMillis(error.getRetryAfterMs()))
                    .build()));
        }
        return StatusProto.toStatusRuntimeException(status.build());
    }

    private static SampleResult failed(Sample sample, Status status) {
        Error.Builder error = Error.newBuilder()
                .setCode(Code.forNumber(status.getCode().value()))
                .setMessage(Failures.describe(status));
        return SampleResult.newBuilder().setId(sample.getId()).setError(error).build();
    }
}
