package dev.winnow.service.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.winnow.service.wiring.TestingBundles;
import dev.winnow.v1.Density;
import dev.winnow.v1.RewardRequest;
import dev.winnow.v1.Sample;
import dev.winnow.v1.ScoreStreamRequest;
import io.grpc.Status;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What concerns a whole call ends it, with the status of the error table; the service goes on. */
@QuarkusTest
@QuarkusTestResource(TestingBundles.class)
class BadCallTest {
    private static final RewardRequest WORDS = Samples.reward("toxicity", Density.TOKEN);
    private static final List<Sample> GOOD = List.of(Samples.sample("good", "A kind word."));

    private final TestingClient client = new TestingClient();

    record Case(String name, List<RewardRequest> rewards, Status.Code code, List<String> message) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> cases() {
        return Stream.of(
                invalid("no reward", List.of(), "rewards: empty", "toxicity/toxicity"),
                invalid("blank name", List.of(named(" ")), "blank name", "toxicity/toxicity"),
                invalid("reward twice", List.of(WORDS, WORDS), "toxicity/toxicity@TOKEN twice"),
                invalid("NaN weight", List.of(weighted(Float.NaN)), "weight: NaN", "finite"),
                invalid("infinite weight", List.of(weighted(Float.POSITIVE_INFINITY)), "weight: Infinity", "finite"),
                invalid(
                        "density of a later contract",
                        List.of(WORDS.toBuilder().setDensityValue(9).build()),
                        "density: 9",
                        "SENTENCE"),
                notFound("unknown reward", named("kindness"), "reward: kindness", "toxicity/toxicity"),
                notFound("unknown bundle", named("other/toxicity"), "reward: other/toxicity", "toxicity/toxicity"),
                notFound("refused bundle", named("tampered/quality"), "tampered/quality", "tiny/quality"),
                notFound("density not offered", Samples.reward("quality", Density.TOKEN), "density: TOKEN", "SENTENCE"),
                notFound("unknown version", WORDS.toBuilder().setVersion("99").build(), "version: 99", "sha256:"));
    }

    @AfterEach
    void close() {
        client.close();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void byScore(Case badCase) {
        verify(badCase, () -> client.score(badCase.rewards(), GOOD));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void byScoreStream(Case badCase) {
        verify(badCase, () -> client.stream(badCase.rewards(), GOOD));
    }

    @Test
    void anEmptyBatch() {
        assertFails(
                () -> client.score(List.of(WORDS), List.of()), Status.Code.INVALID_ARGUMENT, "samples: 0", "1 to 500");
    }

    @Test
    void tenThousandSamplesAreTooManyForACallButNotForAStream() {
        List<Sample> many = Collections.nCopies(10_000, GOOD.getFirst());

        assertFails(
                () -> client.score(List.of(WORDS), many), Status.Code.INVALID_ARGUMENT, "samples: 10000", "1 to 500");
        assertThat(client.stream(
                        List.of(WORDS),
                        Samples.mixed(1_000, 3).stream()
                                .map(sample -> sample.toBuilder()
                                        .setResponse("short")
                                        .clearTokens()
                                        .build())
                                .toList()))
                .hasSize(1_000)
                .allMatch(result -> result.hasRewards());
    }

    @Test
    void aSampleBeforeTheConfig() {
        assertFails(
                () -> client.send(List.of(sample("a"))).join(),
                Status.Code.INVALID_ARGUMENT,
                "first message: a sample",
                "expected: the config");
    }

    @Test
    void aSecondConfig() {
        ScoreStreamRequest config = TestingClient.config(List.of(WORDS));

        assertFails(
                () -> client.send(List.of(config, config)).join(), Status.Code.INVALID_ARGUMENT, "config: sent twice");
    }

    @Test
    void aMessageThatIsNeither() {
        assertFails(
                () -> client.send(List.of(ScoreStreamRequest.getDefaultInstance()))
                        .join(),
                Status.Code.INVALID_ARGUMENT,
                "neither config nor sample");
    }

    @Test
    void anIdTwiceInAStreamIsAnErrorOfTheSecondSample() {
        List<ScoreStreamRequest> messages =
                List.of(TestingClient.config(List.of(WORDS)), sample("a"), sample("b"), sample("a"));

        assertThat(client.send(messages).join())
                .filteredOn(result -> result.hasError())
                .singleElement()
                .satisfies(result -> {
                    assertThat(result.getId()).isEqualTo("a");
                    assertThat(result.getError().getMessage()).contains("id: a used before", "once");
                });
    }

    private void verify(Case badCase, ThrowingCallable call) {
        assertFails(call, badCase.code(), badCase.message().toArray(String[]::new));
        assertThat(client.score(List.of(WORDS), GOOD)).allMatch(result -> result.hasRewards());
    }

    private static void assertFails(ThrowingCallable call, Status.Code code, String... message) {
        Status status = Status.fromThrowable(catchThrowable(call));
        assertThat(status.getCode()).isEqualTo(code);
        assertThat(status.getDescription()).contains(message);
    }

    private static ScoreStreamRequest sample(String id) {
        return ScoreStreamRequest.newBuilder()
                .setSample(Samples.sample(id, "A kind word."))
                .build();
    }

    private static Case invalid(String name, List<RewardRequest> rewards, String... message) {
        return new Case(name, rewards, Status.Code.INVALID_ARGUMENT, List.of(message));
    }

    private static Case notFound(String name, RewardRequest reward, String... message) {
        return new Case(name, List.of(reward), Status.Code.NOT_FOUND, List.of(message));
    }

    private static RewardRequest named(String name) {
        return RewardRequest.newBuilder().setName(name).build();
    }

    private static RewardRequest weighted(float weight) {
        return WORDS.toBuilder().setWeight(weight).build();
    }
}
