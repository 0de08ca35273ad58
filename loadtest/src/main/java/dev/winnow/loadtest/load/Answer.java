package dev.winnow.loadtest.load;

import com.google.rpc.Code;
import com.google.rpc.RetryInfo;
import dev.winnow.v1.SampleResult;
import io.grpc.Status;
import io.grpc.protobuf.StatusProto;
import java.util.List;

/**
 * What became of a call.
 *
 * @param outcome of the call; of one that was answered, the worst of its samples
 * @param results one for each sample; none where the call failed
 * @param reason why it has not all rewards; empty where it has
 */
public record Answer(Outcome outcome, List<SampleResult> results, String reason) {
    /** The answer of a call that ended well. */
    static Answer of(List<SampleResult> results) {
        Outcome worst = Outcome.REWARDED;
        String reason = "";
        for (SampleResult result : results) {
            if (of(result).compareTo(worst) > 0) {
                worst = of(result);
                reason = result.getError().getCode() + ": " + result.getError().getMessage();
            }
        }
        return new Answer(worst, results, reason);
    }

    private static Outcome of(SampleResult result) {
        if (result.hasRewards()) {
            return Outcome.REWARDED;
        }
        boolean rejected = result.getError().getRetryAfterMs() > 0;
        return of(Status.fromCodeValue(result.getError().getCodeValue()), rejected);
    }

    /** The answer of a call that failed. */
    static Answer of(Throwable failure) {
        com.google.rpc.Status details = StatusProto.fromThrowable(failure);
        boolean rejected =
                details != null && details.getDetailsList().stream().anyMatch(detail -> detail.is(RetryInfo.class));
        Status status = Status.fromThrowable(failure);
        return new Answer(of(status, rejected), List.of(), status.getCode() + ": " + status.getDescription());
    }

    private static Outcome of(Status status, boolean rejected) {
        return switch (status.getCode()) {
            case RESOURCE_EXHAUSTED -> rejected ? Outcome.REJECTED : Outcome.FAILED;
            case DEADLINE_EXCEEDED -> Outcome.DEADLINE_EXCEEDED;
            default -> Outcome.FAILED;
        };
    }

    /** Whether the call found no server: what then may be sent again. */
    public boolean isUnavailable() {
        return reason.startsWith(Code.UNAVAILABLE.name());
    }
}
