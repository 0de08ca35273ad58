package dev.winnow.ppo.reward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.google.rpc.Code;
import dev.winnow.ppo.reward.connection.Connection;
import dev.winnow.v1.RewardRequest;
import dev.winnow.v1.Sample;
import dev.winnow.v1.SampleResult;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A service that goes away in the middle of a micro-batch. */
@Timeout(60)
class RestartTest {
    private static final int SAMPLES = 60;
    private static final List<RewardRequest> REWARDS = RewardNotation.parse("length");

    private final TestingRewardServer server = new TestingRewardServer();

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void allRewardsArriveOnceAcrossARestart() throws InterruptedException {
        server.answerOnly(SAMPLES / 3);
        try (RewardClient client = RewardClient.connect(Connection.to(server.target()));
                Scorer scorer = client.stream(REWARDS, Limits.DEFAULT)) {
            CompletableFuture<List<SampleResult>> results = scorer.score(samples());
            server.awaitSamples(SAMPLES / 2);
            server.kill();
            server.answerOnly(SAMPLES);
            server.restart();

            assertThat(results.join())
                    .extracting(
                            SampleResult::getId,
                            result -> result.getRewards().getVectors(0).getValues(0))
                    .containsExactlyElementsOf(IntStream.range(0, SAMPLES)
                            .mapToObj(i -> tuple("" + i, (float) i))
                            .toList());
            long sent = server.streams().stream().mapToInt(List::size).sum();
            assertThat(sent)
                    .as("only what had no answer is sent again")
                    .isBetween((long) SAMPLES, SAMPLES + client.statistics().retries());
            assertThat(client.statistics().retries()).isBetween(1L, 100L * SAMPLES);
            assertThat(client.statistics().interruptions()).isPositive();
            assertThat(client.statistics().interrupted()).isPositive();
        }
    }

    @Test
    void whatIsAwayForLongerThanPatienceIsAnErrorThatSaysSo() throws InterruptedException {
        Connection connection = new Connection(server.target(), null, Connection.TIMEOUT, Duration.ofMillis(500));
        server.answerOnly(0);
        try (RewardClient client = RewardClient.connect(connection);
                Scorer scorer = client.stream(REWARDS, Limits.DEFAULT)) {
            CompletableFuture<List<SampleResult>> results = scorer.score(samples());
            server.awaitSamples(SAMPLES / 2);
            server.kill();

            assertThat(results.join()).hasSize(SAMPLES).allSatisfy(result -> {
                assertThat(result.getError().getCode()).isEqualTo(Code.UNAVAILABLE);
                assertThat(result.getError().getMessage()).matches("given up after \\d+ tries in 0\\.\\d s: .+");
            });
        }
    }

    private static List<Sample> samples() {
        return IntStream.range(0, SAMPLES)
                .mapToObj(i -> Sample.newBuilder()
                        .setId("" + i)
                        .setResponse("x".repeat(i))
                        .build())
                .toList();
    }
}
