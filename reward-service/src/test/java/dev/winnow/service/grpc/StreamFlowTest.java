package dev.winnow.service.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.winnow.service.admission.Admission;
import dev.winnow.service.domain.Caller;
import dev.winnow.service.wiring.TestingBundles;
import dev.winnow.v1.Density;
import dev.winnow.v1.RewardServiceGrpc;
import dev.winnow.v1.Sample;
import dev.winnow.v1.SampleResult;
import dev.winnow.v1.ScoreStreamRequest;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How a stream behaves towards a client that waits, goes away, or never reads. */
@QuarkusTest
@QuarkusTestResource(TestingBundles.class)
@Timeout(60)
class StreamFlowTest {
    @Inject
    Admission admission;

    private final TestingClient client = new TestingClient();

    @AfterEach
    void close() {
        client.close();
    }

    @Test
    void eachSampleIsAnsweredWithoutWaitingForTheNext() throws InterruptedException {
        Call call = new Call(Integer.MAX_VALUE);
        call.send(TestingClient.config(List.of(Samples.reward("toxicity", Density.TOKEN))));
        for (int index = 0; index < 3; index++) {
            call.send(message(Samples.sample("turn-" + index, "A kind word.")));
            assertThat(call.results.take().getId()).isEqualTo("turn-" + index);
        }
        call.requests.onCompleted();
        call.ended.join();
    }

    @Test
    void aClientThatNeverReadsHoldsUpOnlyItself() throws InterruptedException {
        Call stalled = new Call(0);
        stalled.send(TestingClient.config(List.of(Samples.reward("toxicity", Density.TOKEN))));
        for (int index = 0;
                index < 600;
                index++) { // short ones: all that may be in flight are soon done on a busy machine
            stalled.send(message(Samples.sample("stalled-" + index, "A kind word, " + index)));
        }

        assertThat(client.score(
                        List.of(Samples.reward("toxicity", Density.SEQUENCE)),
                        List.of(Samples.sample("other", "Another caller."))))
                .allMatch(SampleResult::hasRewards);
        stalled.requests.cancel("never read", null);
        awaitThatAllPermitsCameBack();
    }

    @Test
    void aClientThatGoesAwayGivesItsPermitsBack() throws InterruptedException {
        Call call = new Call(Integer.MAX_VALUE);
        call.send(TestingClient.config(List.of(Samples.reward("toxicity", Density.TOKEN))));
        Samples.mixed(100, 5).forEach(sample -> call.send(message(sample)));
        assertThat(call.results.take().hasRewards()).isTrue();
        call.requests.cancel("gone", null);

        awaitThatAllPermitsCameBack();
    }

    /** All that may be in flight is to be had again only when nothing is. */
    private void awaitThatAllPermitsCameBack() {
        admission
                .acquireInTurn(new Caller("the test", false), Integer.MAX_VALUE)
                .join()
                .close();
    }

    private static ScoreStreamRequest message(Sample sample) {
        return ScoreStreamRequest.newBuilder().setSample(sample).build();
    }

    /** A stream whose client asks for so many results and no more. */
    private final class Call implements ClientResponseObserver<ScoreStreamRequest, SampleResult> {
        private final int wanted;
        private final BlockingQueue<SampleResult> results = new ArrayBlockingQueue<>(1_000);
        private final CompletableFuture<Void> ended = new CompletableFuture<>();
        private final ClientCallStreamObserver<ScoreStreamRequest> requests;

        Call(int wanted) {
            this.wanted = wanted;
            requests = (ClientCallStreamObserver<ScoreStreamRequest>)
                    RewardServiceGrpc.newStub(client.channel()).scoreStream(this);
        }

        void send(ScoreStreamRequest request) {
            requests.onNext(request);
        }

        @Override
        public void beforeStart(ClientCallStreamObserver<ScoreStreamRequest> call) {
            call.disableAutoRequestWithInitial(wanted);
        }

        @Override
        public void onNext(SampleResult result) {
            results.add(result);
        }

        @Override
        public void onError(Throwable failure) {
            ended.completeExceptionally(failure);
        }

        @Override
        public void onCompleted() {
            ended.complete(null);
        }
    }
}
