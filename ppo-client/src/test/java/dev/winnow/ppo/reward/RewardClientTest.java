package dev.winnow.ppo.reward;

import static dev.winnow.ppo.reward.TestingRewardServer.busy;
import static dev.winnow.ppo.reward.TestingRewardServer.error;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.rpc.Code;
import dev.winnow.ppo.reward.connection.Connection;
import dev.winnow.v1.RewardRequest;
import dev.winnow.v1.Sample;
import dev.winnow.v1.SampleResult;
import dev.winnow.v1.ScoreStreamRequest;
import io.grpc.Status;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RewardClientTest {
    private static final List<RewardRequest> REWARDS = RewardNotation.parse("length");

    private final TestingRewardServer server = new TestingRewardServer();
    private final RewardClient client = RewardClient.connect(Connection.to(server.target()));

    @AfterEach
    void close() {
        client.close();
        server.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void answersInOrderUnderTheCallersIds(boolean stream) {
        server.answerBackwards(3);

        List<SampleResult> results = score(stream, sample("same", "a"), sample("same", "bb"), sample("", "ccc"));

        assertThat(results).extracting(SampleResult::getId).containsExactly("same", "same", "");
        assertThat(results).extracting(RewardClientTest::value).containsExactly(1f, 2f, 3f);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void repeatsACallThatTheServerIsTooBusyForAfterItsDelay(boolean stream) {
        server.failCall(busy(1));
        server.failCall(busy(2));

        assertThat(score(stream, sample("1", "a")))
                .extracting(RewardClientTest::value)
                .containsExactly(1f);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void doesNotRepeatARefusalWithoutADelay(boolean stream) {
        server.failCall(Status.RESOURCE_EXHAUSTED.withDescription("too large").asRuntimeException());

        List<SampleResult> results = score(stream, sample("1", "a"));

        assertThat(results)
                .containsExactly(error(Code.RESOURCE_EXHAUSTED, "too large", 0).toBuilder()
                        .setId("1")
                        .build());
        assertThat(server.calls().size() + server.streams().size()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void findsTheServerAgain(boolean stream) {
        server.failCall(Status.UNAVAILABLE.asRuntimeException());

        assertThat(score(stream, sample("1", "a")))
                .extracting(RewardClientTest::value)
                .containsExactly(1f);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void repeatsACallThatTheServerDropped(boolean stream) {
        server.failCall(Status.CANCELLED.withDescription("RST_STREAM").asRuntimeException());
        server.failCall(Status.RESOURCE_EXHAUSTED
                .withDescription("HTTP/2 error code: ENHANCE_YOUR_CALM")
                .asRuntimeException());

        assertThat(score(stream, sample("1", "a")))
                .extracting(RewardClientTest::value)
                .containsExactly(1f);
    }

    @Test
    void closingGivesUpWhatIsUnderWay() throws InterruptedException {
        server.answerOnly(0);
        Scorer scorer = client.stream(REWARDS, Limits.DEFAULT);
        CompletableFuture<List<SampleResult>> results = scorer.score(List.of(sample("1", "a")));
        server.awaitSamples(1);

        scorer.close();

        assertThat(results.join().getFirst().getError().getCode()).isEqualTo(Code.CANCELLED);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void goesOnAfterACallThatFailedForGood(boolean stream) {
        server.failCall(Status.INTERNAL.withDescription("broken").asRuntimeException());

        assertThat(score(stream, sample("1", "a")).getFirst().getError().getCode())
                .isEqualTo(Code.INTERNAL);
        assertThat(score(stream, sample("2", "a")))
                .extracting(RewardClientTest::value)
                .containsExactly(1f);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void sendsASampleAgainWhereItsErrorSaysSo(boolean stream) {
        server.answer(error(Code.RESOURCE_EXHAUSTED, "too much in flight", 1));
        server.answer(error(Code.OUT_OF_RANGE, "too long", 0));

        List<SampleResult> results = score(stream, sample("1", "a"), sample("2", "a"), sample("3", "a"));

        assertThat(results)
                .filteredOn(SampleResult::hasError)
                .singleElement()
                .satisfies(result -> assertThat(result.getError().getCode()).isEqualTo(Code.OUT_OF_RANGE));
        assertThat(results).filteredOn(SampleResult::hasRewards).hasSize(2);
    }

    @Test
    void sendsOnlyTheSamplesAgainThatMayBe() {
        server.answer(error(Code.INVALID_ARGUMENT, "bad", 0));
        server.answer(error(Code.RESOURCE_EXHAUSTED, "too much in flight", 1));

        score(false, sample("1", "a"), sample("2", "b"), sample("3", "c"));

        assertThat(server.calls()).hasSize(2);
        assertThat(server.calls().getLast().getSamplesList())
                .extracting(Sample::getId)
                .containsExactly("2");
    }

    @Test
    void sendsUnansweredSamplesOfABrokenStreamOnANewOne() {
        server.breakStreamAt(4);

        List<SampleResult> results = score(
                true,
                IntStream.range(0, 100)
                        .mapToObj(i -> sample("" + i, "x".repeat(i)))
                        .toArray(Sample[]::new));

        assertThat(results)
                .extracting(RewardClientTest::value)
                .containsExactlyElementsOf(
                        IntStream.range(0, 100).mapToObj(i -> (float) i).toList());
        assertThat(server.streams().stream().mapToInt(List::size).sum())
                .as("samples, without the one that broke its stream")
                .isGreaterThanOrEqualTo(100);
        assertThat(client.statistics().retries()).isBetween(1L, 8L);
        assertThat(client.statistics().interruptions()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void sendsASampleAgainThatADrainingServerSendsBack(boolean stream) {
        server.answer(error(Code.UNAVAILABLE, "draining", 0));

        assertThat(score(stream, sample("1", "a"), sample("2", "a")))
                .extracting(RewardClientTest::value)
                .containsExactly(1f, 1f);
        assertThat(stream ? server.streams().size() : server.calls().size()).isEqualTo(2);
    }

    @Test
    void opensANewStreamAfterSoManySamplesAndWaitsForTheAnswersOfTheOldOne() {
        server.answerBackwards(3); // the fourth is answered only once the stream is finished
        try (Scorer scorer = client.stream(REWARDS, Limits.DEFAULT, 4)) {
            List<SampleResult> results = scorer.score(IntStream.range(0, 12)
                            .mapToObj(i -> sample("" + i, "x".repeat(i)))
                            .toList())
                    .join();

            assertThat(results)
                    .extracting(RewardClientTest::value)
                    .containsExactlyElementsOf(
                            IntStream.range(0, 12).mapToObj(i -> (float) i).toList());
        }
        assertThat(server.streams())
                .hasSize(3)
                .allSatisfy(samples -> assertThat(samples).hasSize(4));
    }

    @Test
    void neverUsesAnIdTwiceInAStream() {
        server.answer(error(Code.RESOURCE_EXHAUSTED, "too much in flight", 1));

        score(true, sample("same", "a"), sample("same", "b"), sample("", "c"));

        assertThat(server.streams()).hasSize(1);
        assertThat(server.streams().getFirst())
                .extracting(Sample::getId)
                .hasSize(4)
                .doesNotHaveDuplicates();
    }

    @Test
    void cutsBatchesAtTheServersLimits() {
        try (Scorer scorer = client.batches(REWARDS, new Limits(2, 100))) {
            List<SampleResult> results = scorer.score(List.of(
                            sample("1", "a"),
                            sample("2", "b"),
                            sample("3", "c".repeat(60)),
                            sample("4", "d".repeat(60)),
                            sample("5", "e".repeat(200))))
                    .join();

            assertThat(results).extracting(SampleResult::getId).containsExactly("1", "2", "3", "4", "5");
            assertThat(results.getLast().getError().getMessage())
                    .matches("bytes of the message: 2\\d\\d \\(expected: <= 100\\)");
            assertThat(server.calls())
                    .extracting(call -> call.getSamplesCount())
                    .containsExactlyInAnyOrder(2, 1, 1);
        }
    }

    @Test
    void doesNotSpoilAStreamWithASampleThatIsTooLarge() {
        try (Scorer scorer = client.stream(REWARDS, new Limits(1, 100))) {
            List<SampleResult> results = scorer.score(List.of(sample("1", "a".repeat(200)), sample("2", "b")))
                    .join();

            assertThat(results.getFirst().getError().getCode()).isEqualTo(Code.RESOURCE_EXHAUSTED);
            assertThat(value(results.getLast())).isEqualTo(1f);
        }
    }

    @Test
    void sendsNoMessageOverTheLimitWithWhatItAdds() {
        List<Sample> samples = IntStream.range(40, 100)
                .mapToObj(length -> sample("", "a".repeat(length)))
                .toList();
        try (Scorer scorer = client.stream(REWARDS, new Limits(1, 100))) {
            List<SampleResult> results = scorer.score(samples).join();

            assertThat(results).anyMatch(SampleResult::hasRewards).anyMatch(SampleResult::hasError);
            assertThat(server.streams().stream().flatMap(List::stream))
                    .allMatch(sent -> ScoreStreamRequest.newBuilder()
                                    .setSample(sent)
                                    .build()
                                    .getSerializedSize()
                            <= 100);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void takesAnAnswerWithoutItsRewardsForAnError(boolean stream) {
        server.answer(SampleResult.getDefaultInstance());

        assertThat(score(stream, sample("1", "a")).getFirst().getError().getMessage())
                .isEqualTo("rewards in the server's answer: 0 (expected: 1)");
    }

    @Test
    void endsTheWaitForAnAnswerThatDoesNotCome() {
        server.answerOnly(0);
        Connection impatient = new Connection(server.target(), null, Duration.ofMillis(300), Duration.ZERO);
        try (RewardClient client = RewardClient.connect(impatient);
                Scorer scorer = client.stream(REWARDS, Limits.DEFAULT)) {
            SampleResult result = scorer.score(List.of(sample("1", "a"))).join().getFirst();

            assertThat(result.getError().getCode()).isEqualTo(Code.DEADLINE_EXCEEDED);
            assertThat(result.getError().getMessage()).isEqualTo("no answer within 300 ms");
        }
    }

    @Test
    void aSampleHasItsOwnDeadlineAndNoTryAfterIt() {
        server.answerOnly(0);
        Sample urgent = sample("1", "a").toBuilder().setTimeoutMs(50).build();

        SampleResult result = score(true, urgent).getFirst();

        assertThat(result.getError().getMessage()).isEqualTo("no answer within 50 ms");
        assertThat(server.streams())
                .singleElement()
                .satisfies(samples ->
                        assertThat(samples).extracting(Sample::getTimeoutMs).containsExactly(50));
    }

    @Test
    void tellsTheServerHowLongASampleIsWaitedFor() {
        score(true, sample("1", "a"));

        assertThat(server.streams().getFirst()).extracting(Sample::getTimeoutMs).containsExactly((int)
                Connection.TIMEOUT.toMillis());
    }

    private List<SampleResult> score(boolean stream, Sample... samples) {
        try (Scorer scorer =
                stream ? client.stream(REWARDS, Limits.DEFAULT) : client.batches(REWARDS, Limits.DEFAULT)) {
            return scorer.score(List.of(samples)).join();
        }
    }

    private static Sample sample(String id, String response) {
        return Sample.newBuilder().setId(id).setResponse(response).build();
    }

    private static float value(SampleResult result) {
        assertThat(result.hasRewards()).as(result.toString()).isTrue();
        return result.getRewards().getVectors(0).getValues(0);
    }
}
