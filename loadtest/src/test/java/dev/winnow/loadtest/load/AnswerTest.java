package dev.winnow.loadtest.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import com.google.protobuf.Duration;
import com.google.rpc.Code;
import com.google.rpc.RetryInfo;
import dev.winnow.v1.Error;
import dev.winnow.v1.Rewards;
import dev.winnow.v1.SampleResult;
import io.grpc.Status;
import io.grpc.protobuf.StatusProto;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnswerTest {
    private static final SampleResult REWARDED =
            SampleResult.newBuilder().setRewards(Rewards.getDefaultInstance()).build();

    @Test
    void aCallIsAsBadAsItsWorstSample() {
        SampleResult late = failed(Code.DEADLINE_EXCEEDED, 0);
        SampleResult broken = failed(Code.INTERNAL, 0);

        assertThat(Answer.of(List.of(REWARDED, REWARDED)))
                .isEqualTo(new Answer(Outcome.REWARDED, List.of(REWARDED, REWARDED), ""));
        assertThat(Answer.of(List.of(REWARDED, late)).outcome()).isEqualTo(Outcome.DEADLINE_EXCEEDED);
        assertThat(Answer.of(List.of(broken, late, REWARDED)).outcome()).isEqualTo(Outcome.FAILED);
        assertThat(Answer.of(List.of(broken)).reason()).isEqualTo("INTERNAL: broken");
        assertThat(Answer.of(List.of(SampleResult.getDefaultInstance())).outcome())
                .as("neither rewards nor an error")
                .isEqualTo(Outcome.FAILED);
    }

    @Test
    void isRejectedOnlyWhereThereIsADelay() {
        assertThat(Answer.of(List.of(failed(Code.RESOURCE_EXHAUSTED, 100))).outcome())
                .isEqualTo(Outcome.REJECTED);
        assertThat(Answer.of(List.of(failed(Code.RESOURCE_EXHAUSTED, 0))).outcome())
                .isEqualTo(Outcome.FAILED);

        com.google.rpc.Status.Builder status =
                com.google.rpc.Status.newBuilder().setCode(Code.RESOURCE_EXHAUSTED_VALUE);
        assertThat(Answer.of(StatusProto.toStatusRuntimeException(status.build()))
                        .outcome())
                .isEqualTo(Outcome.FAILED);
        status.addDetails(Any.pack(RetryInfo.newBuilder()
                .setRetryDelay(Duration.newBuilder().setSeconds(1))
                .build()));
        assertThat(Answer.of(StatusProto.toStatusRuntimeException(status.build()))
                        .outcome())
                .isEqualTo(Outcome.REJECTED);
    }

    @Test
    void tellsWhatFoundNoServer() {
        Answer answer = Answer.of(Status.UNAVAILABLE.withDescription("gone").asRuntimeException());

        assertThat(answer.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(answer.isUnavailable()).isTrue();
        assertThat(Answer.of(Status.INTERNAL.asRuntimeException()).isUnavailable())
                .isFalse();
    }

    private static SampleResult failed(Code code, int retryAfterMillis) {
        return SampleResult.newBuilder()
                .setError(Error.newBuilder().setCode(code).setMessage("broken").setRetryAfterMs(retryAfterMillis))
                .build();
    }
}
