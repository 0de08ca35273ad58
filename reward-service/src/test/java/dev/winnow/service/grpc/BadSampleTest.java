package dev.winnow.service.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.rpc.Code;
import dev.winnow.service.wiring.TestingBundles;
import dev.winnow.v1.Density;
import dev.winnow.v1.Message;
import dev.winnow.v1.Messages;
import dev.winnow.v1.RewardRequest;
import dev.winnow.v1.Sample;
import dev.winnow.v1.SampleResult;
import dev.winnow.v1.Tokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A bad sample gets its own error, with the offending and the expected value; good ones beside it get their rewards. */
@QuarkusTest
@QuarkusTestResource(TestingBundles.class)
class BadSampleTest {
    private static final RewardRequest WORDS = Samples.reward("toxicity", Density.TOKEN);
    private static final RewardRequest WEIGHTED = WORDS.toBuilder().setWeight(1).build();
    private static final RewardRequest QUALITY = Samples.reward("quality", Density.SENTENCE);
    private static final RewardRequest WHOLE = Samples.reward("toxicity", Density.SEQUENCE);
    private static final RewardRequest SUPPORT = Samples.reward("support", Density.SUB_SENTENCE);
    private static final RewardRequest STEPS = Samples.reward("quality", Density.STEP);

    private final TestingClient client = new TestingClient();

    record Case(String name, RewardRequest reward, Sample bad, Code code, List<String> message) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> cases() {
        return Stream.of(
                invalid("offsets past the end", WORDS, tokens("abc", 1, 4), "tokens.ends[1]: 4", "at most 3"),
                invalid("huge offset", WORDS, tokens("abc", 1, -1), "tokens.ends[1]: 4294967295", "at most 3"),
                invalid("last offset short of the end", WORDS, tokens("abc", 1, 2), "last is 2", "expected: 3"),
                invalid("decreasing offsets", WORDS, tokens("abc", 2, 1, 3), "tokens.ends[1]: 1", "at least 2"),
                invalid("UTF-16 offsets", WORDS, tokens("👍👍", 2, 4), "tokens.ends[1]: 4", "at most 2", "UTF-16"),
                invalid("byte offsets", WORDS, tokens("é", 1, 2), "tokens.ends[1]: 2", "at most 1", "bytes"),
                invalid("tokens present but empty", WORDS, tokens("abc"), "last is 0", "expected: 3"),
                invalid("weight without tokens", WEIGHTED, text("abc"), "tokens: absent", "a reward has a weight"),
                invalid("step without segments", STEPS, prompted("abc").build(), "segment_ends: absent", "up to 3"),
                invalid("segments short", STEPS, steps("abc", 2), "segment_ends: last is 2", "up to 3"),
                invalid("segments not increasing", STEPS, steps("abc", 2, 2, 3), "segment_ends[1]: 2", "more than 2"),
                invalid("segments past the end", STEPS, steps("abc", 2, 9), "segment_ends[1]: 9", "at most 3"),
                invalid("step of white space", STEPS, steps("abc  ", 3, 5), "STEP segment [3, 5)", "at least one"),
                invalid(
                        "empty response",
                        WHOLE,
                        text(""),
                        "response: no token for toxicity/toxicity@SEQUENCE",
                        "at least one"),
                invalid("blank response", WHOLE, text(" \n"), "response: no token", "at least one"),
                invalid(
                        "blank prompt",
                        QUALITY,
                        prompted("abc").setPrompt(" \n").build(),
                        "prompt: blank",
                        "text"),
                invalid("no prompt", QUALITY, text("abc"), "prompt: absent", "text"),
                invalid("conversation", QUALITY, conversation("abc"), "messages: 1 turns", "a prompt"),
                invalid("no context", SUPPORT, text("abc"), "context: absent", "text"),
                invalid("blank context", SUPPORT, context("abc", "", " \n"), "context: blank", "text"),
                new Case(
                        "response too long beside its context",
                        SUPPORT,
                        context("a ".repeat(60), "It is so."),
                        Code.OUT_OF_RANGE,
                        List.of("response: 60 tokens", "at most 56", "64 in all")),
                new Case(
                        "100,000 characters",
                        WORDS,
                        text("word ".repeat(20_000)),
                        Code.OUT_OF_RANGE,
                        List.of("response: 20000 tokens", "at most 510", "512")),
                new Case(
                        "response too long beside its prompt",
                        QUALITY,
                        prompted("a ".repeat(62)).build(),
                        Code.OUT_OF_RANGE,
                        List.of("response: 62 tokens", "64 in all")));
    }

    @AfterEach
    void close() {
        client.close();
    }

    @Test
    void idThatAStreamCouldNotRememberIsRefused() {
        Sample longest = Samples.sample("i".repeat(256), "abc");
        Sample longer = Samples.sample("i".repeat(257), "abc");
        for (List<SampleResult> results : List.of(
                client.score(List.of(WORDS), List.of(longest, longer)),
                client.stream(List.of(WORDS), List.of(longest, longer)))) {
            assertThat(results)
                    .hasSize(2)
                    .allSatisfy(result -> assertThat(result.hasRewards())
                            .isEqualTo(result.getId().length() == 256));
            assertThat(results)
                    .filteredOn(SampleResult::hasError)
                    .singleElement()
                    .satisfies(result -> {
                        assertThat(result.getError().getCode()).isEqualTo(Code.INVALID_ARGUMENT);
                        assertThat(result.getError().getMessage())
                                .isEqualTo("id: 257 characters (expected: at most 256)");
                    });
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void byScore(Case badCase) {
        List<SampleResult> results = client.score(List.of(badCase.reward()), neighbours(badCase));

        assertThat(results).extracting(SampleResult::getId).containsExactly("first", "bad", "last");
        verify(badCase, results.get(0), results.get(1), results.get(2));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void byScoreStream(Case badCase) {
        List<SampleResult> results = client.stream(List.of(badCase.reward()), neighbours(badCase)).stream()
                .sorted(Comparator.comparing(SampleResult::getId))
                .toList();

        assertThat(results).extracting(SampleResult::getId).containsExactly("bad", "first", "last");
        verify(badCase, results.get(1), results.get(0), results.get(2));
    }

    private static List<Sample> neighbours(Case badCase) {
        Sample good = Sample.newBuilder()
                .setPrompt("why")
                .addContext("A good one is here.")
                .setResponse("a good one")
                .setTokens(Tokens.newBuilder().addEnds(10))
                .addSegmentEnds(10)
                .build();
        return List.of(
                good.toBuilder().setId("first").build(),
                badCase.bad().toBuilder().setId("bad").build(),
                good.toBuilder().setId("last").build());
    }

    private static void verify(Case badCase, SampleResult first, SampleResult bad, SampleResult last) {
        assertThat(bad.getError().getCode()).isEqualTo(badCase.code());
        assertThat(bad.getError().getMessage()).contains(badCase.message());
        assertThat(bad.getError().getRetryAfterMs()).isZero();
        assertThat(first.getRewards().getVectors(0).getValuesList()).isNotEmpty();
        assertThat(last.getRewards()).isEqualTo(first.getRewards());
    }

    private static Case invalid(String name, RewardRequest reward, Sample bad, String... message) {
        return new Case(name, reward, bad, Code.INVALID_ARGUMENT, List.of(message));
    }

    private static Sample text(String response) {
        return Sample.newBuilder().setResponse(response).build();
    }

    private static Sample context(String response, String... passages) {
        return text(response).toBuilder().addAllContext(List.of(passages)).build();
    }

    private static Sample.Builder prompted(String response) {
        return Sample.newBuilder().setPrompt("why").setResponse(response);
    }

    private static Sample tokens(String response, Integer... ends) {
        return text(response).toBuilder()
                .setTokens(Tokens.newBuilder().addAllEnds(List.of(ends)))
                .build();
    }

    private static Sample steps(String response, Integer... ends) {
        return prompted(response).addAllSegmentEnds(List.of(ends)).build();
    }

    private static Sample conversation(String response) {
        return Sample.newBuilder()
                .setMessages(Messages.newBuilder()
                        .addMessages(Message.newBuilder().setRole("user").setContent("why")))
                .setResponse(response)
                .build();
    }
}
