package dev.winnow.ppo.reward;

import com.google.rpc.Code;
import dev.winnow.v1.Error;
import dev.winnow.v1.Sample;
import dev.winnow.v1.SampleResult;
import io.grpc.Status;

/** Results as they are handed to the caller: under the caller's id, and never less than what was asked for. */
final class Results {
    private Results() {}

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

    /** Returns after how many milliseconds the sample may be sent again; 0: it must not be. */
    static int retryAfterMillis(SampleResult result) {
        return result.getError().getRetryAfterMs();
    }

    static boolean isUnavailable(SampleResult result) {
        return result.getError().getCode() == Code.UNAVAILABLE;
    }

    private static SampleResult failed(Sample sample, Status status) {
        Error.Builder error = Error.newBuilder()
                .setCode(Code.forNumber(status.getCode().value()))
                .setMessage(Failures.describe(status));
        return SampleResult.newBuilder().setId(sample.getId()).setError(error).build();
    }
}
