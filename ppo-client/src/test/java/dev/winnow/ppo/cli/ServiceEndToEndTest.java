package dev.winnow.ppo.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
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
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The command line against the packaged service, with the shipped reward model. */
@Timeout(300)
class ServiceEndToEndTest {
    @TempDir
    Path folder;

    @Test
    void scoresAFileByBatchesAndByStreamAlike() throws IOException {
        try (TestingService service = new TestingService()) {
            Path in = folder.resolve("samples.jsonl");
            Files.write(in, lines(80));

            List<String> batches = score(service, in, "--batch", "7");
            List<String> stream = score(service, in, "--stream");

            assertThat(stream).isEqualTo(batches).hasSize(80);
            SampleResult first = parse(batches.getFirst());
            assertThat(first.getId()).isEqualTo("sample-0");
            assertThat(first.getRewards().getVectorsList()).hasSize(2);
            assertThat(first.getRewards().getVectors(0).getValuesList()).isNotEmpty();
        }
    }

    @Test
    void oneBadLineLeavesTheOthersTheirRewards() throws IOException {
        try (TestingService service = new TestingService()) {
            List<String> lines = new ArrayList<>(lines(3));
            lines.add(1, "{\"id\": \"surrogate\", \"response\": \"broken \\ud800 text\"}");
            lines.add(3, "{\"id\": \"too-long\", \"response\": \"" + "word ".repeat(600) + "\"}");
            Path in = folder.resolve("samples.jsonl");
            Files.write(in, lines);
            Path out = folder.resolve("results.jsonl");
            StringWriter errors = new StringWriter();

            assertThat(run(
                            errors,
                            "score",
                            "--target",
                            service.target(),
                            "--rewards",
                            "toxicity",
                            "--in",
                            in.toString(),
                            "--out",
                            out.toString()))
                    .isEqualTo(1);
            List<SampleResult> results = Files.readAllLines(out).stream()
                    .map(ServiceEndToEndTest::parse)
                    .toList();
            assertThat(results).extracting(SampleResult::hasRewards).containsExactly(true, false, true, false, true);
            assertThat(results.get(1).getError().getMessage()).contains("line 2");
            assertThat(results.get(3).getError().getMessage()).contains("600 tokens", "510");
            assertThat(errors.toString()).contains("2 of 5");
        }
    }

    @Test
    void aStopFinishesWhatWasAdmittedAndRefusesTheRest() throws IOException, InterruptedException {
        try (TestingService service = new TestingService()) {
            ManagedChannel channel = ManagedChannelBuilder.forTarget(service.target())
                    .usePlaintext()
                    .build();
            ScoreRequest.Builder request = ScoreRequest.newBuilder()
                    .addRewards(RewardRequest.newBuilder().setName("toxicity"));
            for (String line : lines(400)) {
                request.addSamples(sample(line));
            }
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
            for (String line : lines(200)) {
                stream.onNext(
                        ScoreStreamRequest.newBuilder().setSample(sample(line)).build());
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
            List<Sample> samples = new ArrayList<>();
            for (String line : lines(400)) {
                samples.add(sample(line));
            }
            CompletableFuture<List<SampleResult>> results = scorer.score(samples);
            while (!one.management("/q/metrics")
                    .lines()
                    .anyMatch(line -> line.matches("winnow_sample_seconds_count.* [1-9].*"))) {
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

    @Test
    void aBundleIsUnloadedAndComesBack() throws IOException {
        try (TestingService service = new TestingService("-Dwinnow.admin.enabled=true")) {
            assertThat(bundles(service)).contains("toxicity/1     serving, latest");
            assertThat(bundles(service, "unload", "qa-feedback/1")).contains("qa-feedback/1  unloaded");
            assertThat(bundles(service)).contains("qa-feedback/1  unloaded", "toxicity/1     serving, latest");
            assertThat(bundles(service, "load", "qa-feedback/1")).contains("qa-feedback/1  serving, latest");
            StringWriter errors = new StringWriter();
            assertThat(run(errors, "bundles", "load", "toxicity/9", "--target", service.target()))
                    .isEqualTo(1);
            assertThat(errors.toString()).startsWith("winnow: NOT_FOUND: ").contains("toxicity/1");
        }
    }

    private static String bundles(TestingService service, String... action) {
        List<String> arguments = new ArrayList<>(List.of("bundles", "--target", service.target()));
        arguments.addAll(List.of(action));
        StringWriter out = new StringWriter();
        StringWriter errors = new StringWriter();
        CommandLine command = Winnow.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(errors, true));
        assertThat(command.execute(arguments.toArray(String[]::new)))
                .as(errors.toString())
                .isZero();
        return out.toString();
    }

    private List<String> score(TestingService service, Path in, String... mode) throws IOException {
        Path out = Files.createTempFile(folder, "results", ".jsonl");
        List<String> arguments = new ArrayList<>(List.of(
                "score",
                "--target",
                service.target(),
                "--rewards",
                "toxicity@TOKEN=1.5,toxicity/toxicity@SEQUENCE",
                "--in",
                in.toString(),
                "--out",
                out.toString()));
        arguments.addAll(List.of(mode));
        StringWriter errors = new StringWriter();
        assertThat(run(errors, arguments.toArray(String[]::new)))
                .as(errors.toString())
                .isZero();
        return Files.readAllLines(out);
    }

    private static int run(StringWriter errors, String... arguments) {
        CommandLine command = Winnow.commandLine();
        command.setErr(new PrintWriter(errors, true));
        return command.execute(arguments);
    }

    /** Samples of several lengths with one token a character. */
    private static List<String> lines(int count) {
        List<String> lines = new ArrayList<>();
        for (int index = 0; index < count; index++) {
            String response = "You are a fool, sample " + index + ". " + "Thank you very much. ".repeat(index % 20);
            String ends = String.join(
                    ",",
                    IntStream.rangeClosed(1, response.length())
                            .mapToObj(String::valueOf)
                            .toList());
            lines.add("{\"id\": \"sample-%d\", \"response\": \"%s\", \"tokens\": {\"ends\": [%s]}}"
                    .formatted(index, response, ends));
        }
        return lines;
    }

    private static Sample sample(String line) throws InvalidProtocolBufferException {
        Sample.Builder sample = Sample.newBuilder();
        JsonFormat.parser().merge(line, sample);
        return sample.build();
    }

    private static SampleResult parse(String line) {
        SampleResult.Builder result = SampleResult.newBuilder();
        try {
            JsonFormat.parser().merge(line, result);
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError("not a SampleResult: " + line, e);
        }
        return result.build();
    }
}
