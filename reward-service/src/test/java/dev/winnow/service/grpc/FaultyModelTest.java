package dev.winnow.service.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.rpc.Code;
import dev.winnow.service.batch.RowScheduler;
import dev.winnow.service.wiring.TestingBundles;
import dev.winnow.v1.Density;
import dev.winnow.v1.RewardRequest;
import dev.winnow.v1.RewardServiceGrpc;
import dev.winnow.v1.Sample;
import dev.winnow.v1.SampleResult;
import dev.winnow.v1.ScoreRequest;
import dev.winnow.v1.ScoreResponse;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A model that fails where a word tells it to: who asked for it is told, all others are served. */
@QuarkusTest
@QuarkusTestResource(TestingBundles.class)
@Timeout(60)
class FaultyModelTest {
    private static final List<RewardRequest> FAULTY = List.of(Samples.reward("faulty", Density.TOKEN));

    @Inject
    RowScheduler scheduler;

    private final TestingClient client = new TestingClient();

    @AfterEach
    void close() {
        client.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"throw", "nan", "allocate"})
    void failureConcernsItsSampleAlone(String word) {
        List<Sample> samples = new ArrayList<>();
        for (int index = 0; index < 40; index++) {
            samples.add(Samples.sample("good-" + index, "a good word ".repeat(1 + index % 9)));
            samples.add(Samples.sample("bad-" + index, "a " + word + " ".repeat(index) + " word"));
        }
        for (List<SampleResult> results : List.of(client.score(FAULTY, samples), client.stream(FAULTY, samples))) {
            assertThat(results).hasSameSizeAs(samples);
            for (SampleResult result : results) {
                if (result.getId().startsWith("good")) {
                    assertThat(result.hasRewards()).isTrue();
                } else {
                    assertThat(result.getError().getCode()).isEqualTo(Code.INTERNAL);
                    assertThat(result.getError().getMessage()).contains("the server's log has the cause under");
                }
            }
        }
        assertThat(scheduler.isAlive()).isTrue();
    }

    @Test
    void hangingRunsEndAtTheirTimeoutsAndTheWorkersServeOn() {
        List<Sample> hanging = Stream.iterate(0, index -> index + 1)
                .limit(6)
                .map(index -> Samples.sample("hang-" + index, "a hang " + "word ".repeat(index)).toBuilder()
                        .setTimeoutMs(200)
                        .build())
                .toList();
        assertThat(client.score(FAULTY, hanging)).allSatisfy(result -> {
            assertThat(result.getError().getCode()).isEqualTo(Code.DEADLINE_EXCEEDED);
            assertThat(result.getError().getMessage()).isEqualTo("timeout_ms: 200 passed before the sample was scored");
        });
        assertThatOthersAreServed();
    }

    @Test
    void hangingRunEndsAtTheDeadlineOfItsCall() {
        assertThatThrownBy(() -> client.blocking()
                        .withDeadlineAfter(300, TimeUnit.MILLISECONDS)
                        .score(hangingCall()))
                .isInstanceOfSatisfying(
                        StatusRuntimeException.class,
                        failure -> assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED));
        assertThatOthersAreServed();
    }

    @Test
    void hangingRunsEndWhenTheirCallersGoAway() {
        List<Future<ScoreResponse>> calls = new ArrayList<>();
        for (int call = 0; call < 4; call++) {
            calls.add(RewardServiceGrpc.newFutureStub(client.channel()).score(hangingCall()));
        }
        calls.forEach(call -> call.cancel(true));
        assertThatOthersAreServed();
    }

    @Test
    void hangingRunDoesNotHoldUpTheOthersMeanwhile() throws ExecutionException, InterruptedException {
        Future<ScoreResponse> hanging =
                RewardServiceGrpc.newFutureStub(client.channel()).score(hangingCall());
        if (Runtime.getRuntime().availableProcessors() > 1) {
            assertThatOthersAreServed();
        }
        assertThat(hanging).isNotDone();
        hanging.cancel(true);
        assertThatOthersAreServed();
    }

    private static ScoreRequest hangingCall() {
        return ScoreRequest.newBuilder()
                .addAllRewards(FAULTY)
                .addSamples(Samples.sample("hang", "a hang"))
                .build();
    }

    /** More rows than workers: none of them may be lost. */
    private void assertThatOthersAreServed() {
        List<Sample> samples = Stream.iterate(0, index -> index + 1)
                .limit(50)
                .map(index -> Samples.sample("good-" + index, "a good word ".repeat(1 + index % 9)))
                .toList();
        assertThat(client.score(FAULTY, samples)).allMatch(SampleResult::hasRewards);
        assertThat(scheduler.isAlive()).isTrue();
    }
}
