package dev.winnow.ppo.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.winnow.ppo.reward.Limits;
import dev.winnow.ppo.reward.RewardClient;
import dev.winnow.ppo.reward.RewardNotation;
import dev.winnow.ppo.reward.Scorer;
import dev.winnow.ppo.reward.connection.Connection;
import dev.winnow.v1.RewardRequest;
import dev.winnow.v1.RewardServiceGrpc;
import dev.winnow.v1.Sample;
import dev.winnow.v1.SampleResult;
import dev.winnow.v1.ScoreRequest;
import dev.winnow.v1.ScoreResponse;
import dev.winnow.v1.ScoreStreamConfig;
import dev.winnow.v1.ScoreStreamRequest;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Status;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the packaged service does with work that it has when it is told to stop. */
@Timeout(300)
class ServiceStopTest {
    @Test
    void aStopFinishesWhatWasAdmittedAndRefusesTheRest() throws IOException, InterruptedException {
        try (TestingService service = new TestingService()) {
            ManagedChannel channel = ManagedChannelBuilder.forTarget(service.target())
                    .usePlaintext()
                    .build();
            ScoreRequest.Builder request = ScoreRequest.newBuilder()
                    .addRewards(RewardRequest.newBuilder().setName("toxicity"));
            request.addAllSamples(TestingSamples.samples(400));
            var answer = RewardServiceGrpc.newFutureStub(channel).score(request.build());
            while (!service.management("/q/metrics")
                    .lines()
                    .anyMatch(line -> line.matches("winnow_rows_queued [1-9].*"))) {
                assertThat(answer.isDone())
                        .as("answered before the service was seen at work")
                        .isFalse();
            }
            service.terminate();
            while (!service.management("/q/health/ready").contains("\"draining\": true")) {
                assertThat(answer.isDone())
                        .as("answered before it was seen draining")
                        .isFalse();
            }

            ScoreResponse response = answer.get();
            assertThat(response.getResultsList()).hasSize(400).allMatch(SampleResult::hasRewards);
            Status later = Status.fromThrowable(catchThrowable(
                    () -> RewardServiceGrpc.newBlockingStub(channel).score(request.build())));
            assertThat(later.getCode()).isEqualTo(Status.Code.UNAVAILABLE);
            assertThat(service.awaitExit()).as("exit status after SIGTERM").isEqualTo(128 + 15);
            channel.shutdownNow();
        } catch (ExecutionException e) {
            throw new AssertionError("an admitted sample was lost", e);
        }
    }

    /** Runs are stopped then, of which ONNX Runtime writes a warning: all of it must still be there. */
    @Test
    void aDeadlineThatPassesDuringAStopConcernsItsCallAlone() throws Exception {
        try (TestingService service = new TestingService("-Dwinnow.admission.target-delay=1H")) {
            ManagedChannel channel = ManagedChannelBuilder.forTarget(service.target())
                    .usePlaintext()
                    .build();
            ScoreRequest request = ScoreRequest.newBuilder()
                    .addRewards(RewardRequest.newBuilder().setName("toxicity"))
                    .addAllSamples(TestingSamples.samples(300))
                    .build();
            RewardServiceGrpc.RewardServiceFutureStub stub = RewardServiceGrpc.newFutureStub(channel);
            var late = stub.withDeadlineAfter(2, TimeUnit.SECONDS).score(other(request));
            var answer = stub.score(request);
            while (rewarded(service) == 0 && !late.isDone()) {
                Thread.onSpinWait();
            }
            service.terminate();

            assertThat(answer.get().getResultsList()).hasSize(300).allMatch(SampleResult::hasRewards);
            assertThat(Status.fromThrowable(catchThrowable(late::get).getCause())
                            .getCode())
                    .isEqualTo(Status.Code.DEADLINE_EXCEEDED);
            assertThat(service.awaitExit()).isEqualTo(128 + 15);
            channel.shutdownNow();
        }
    }

    /** Rows that are equal run once. */
    private static ScoreRequest other(ScoreRequest request) {
        ScoreRequest.Builder other = request.toBuilder();
        other.getSamplesBuilderList()
                .forEach(sample ->
                        sample.setResponse("Other. " + sample.getResponse()).clearTokens());
        return other.build();
    }

    @Test
    void aStopAnswersWhatAStreamHasReadAndThenEndsIt() throws IOException, InterruptedException {
        try (TestingService service = new TestingService()) {
            ManagedChannel channel = ManagedChannelBuilder.forTarget(service.target())
                    .usePlaintext()
                    .build();
            BlockingQueue<SampleResult> results = new LinkedBlockingQueue<>();
            CompletableFuture<Status> ended = new CompletableFuture<>();
            StreamObserver<ScoreStreamRequest> stream = RewardServiceGrpc.newStub(channel)
                    .scoreStream(new StreamObserver<>() {
                        @Override
                        public void onNext(SampleResult result) {
                            results.add(result);
                        }

                        @Override
                        public void onError(Throwable failure) {
                            ended.complete(Status.fromThrowable(failure));
                        }

                        @Override
                        public void onCompleted() {
                            ended.complete(Status.OK);
                        }
                    });
            stream.onNext(ScoreStreamRequest.newBuilder()
                    .setConfig(ScoreStreamConfig.newBuilder()
                            .addRewards(RewardRequest.newBuilder().setName("toxicity")))
                    .build());
            for (Sample sample : TestingSamples.samples(200)) {
                stream.onNext(ScoreStreamRequest.newBuilder().setSample(sample).build());
            }
            assertThat(results.take().hasRewards()).isTrue();
            Iterator<HealthCheckResponse> health =
                    HealthGrpc.newBlockingStub(channel).watch(HealthCheckRequest.getDefaultInstance());
            assertThat(health.next().getStatus()).isEqualTo(ServingStatus.SERVING);
            service.terminate();

            assertThat(health.next().getStatus()).isEqualTo(ServingStatus.NOT_SERVING);
            assertThat(ended.join().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
            assertThat(ended.join().getDescription()).contains("the service is draining");
            assertThat(results)
                    .as("the sample that was under way to the service when it stopped may be refused, no other")
                    .filteredOn(SampleResult::hasError)
                    .hasSizeLessThanOrEqualTo(1)
                    .allMatch(result -> result.getError().getMessage().startsWith("service: draining"));
            channel.shutdownNow();
        }
    }

    @Test
    void aReplicaThatStopsLosesNothing() throws IOException, InterruptedException {
        try (TestingService one = new TestingService();
                TestingService two = new TestingService();
                RewardClient client = RewardClient.connect(Connection.to(one.target() + "," + two.target()));
                Scorer scorer = client.stream(RewardNotation.parse("toxicity"), Limits.of(client.listRewards()))) {
            while (rewarded(one) == 0) { // streams go to the replica alone that is connected first
                scorer.score(TestingSamples.samples(8)).join();
            }
            double before = rewarded(one);
            List<Sample> samples = TestingSamples.samples(400);
            CompletableFuture<List<SampleResult>> results = scorer.score(samples);
            while (rewarded(one) == before) {
                assertThat(results).as("with no sample at the first replica").isNotDone();
            }
            one.terminate();

            assertThat(results.join())
                    .allMatch(SampleResult::hasRewards)
                    .extracting(SampleResult::getId)
                    .containsExactlyElementsOf(
                            samples.stream().map(Sample::getId).toList());
            assertThat(one.awaitExit()).isEqualTo(128 + 15);
        }
    }

    /** How many samples a service has rewarded so far. */
    private static double rewarded(TestingService service) throws IOException, InterruptedException {
        return service.management("/q/metrics")
                .lines()
                .filter(line -> line.startsWith("winnow_sample_seconds_count"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }
}
