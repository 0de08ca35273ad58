package dev.winnow.ppo.reward;

import static org.assertj.core.api.Assertions.assertThat;

import dev.winnow.ppo.reward.connection.Connection;
import dev.winnow.v1.RewardRequest;
import dev.winnow.v1.Sample;
import dev.winnow.v1.SampleResult;
import io.grpc.Status;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Several servers as one service. */
@Timeout(60)
class ReplicasTest {
    private static final List<RewardRequest> REWARDS = RewardNotation.parse("length");

    private final TestingRewardServer one = new TestingRewardServer();
    private final TestingRewardServer two = new TestingRewardServer();
    private final String targets = one.target() + "," + two.target();

    @AfterEach
    void close() {
        one.close();
        two.close();
    }

    @Test
    void theSamplesOfOneMicroBatchAreSpreadEvenly() {
        try (RewardClient client = RewardClient.connect(Connection.to(targets))) {
            connectToBoth(client);
            int beforeOne = samples(one);
            int beforeTwo = samples(two);

            score(client, 64);

            assertThat(samples(one) - beforeOne).isEqualTo(32);
            assertThat(samples(two) - beforeTwo).isEqualTo(32);
        }
    }

    @Test
    void oneThatDrainsGetsNothingAndIsUsedAgainWhenItIsBack() {
        two.ready(false);
        try (RewardClient client = RewardClient.connect(Connection.to(targets))) {
            score(client, 64);

            assertThat(samples(two)).isZero();
            assertThat(client.statistics().retries()).isZero();

            two.ready(true);
            connectToBoth(client);
        }
    }

    @Test
    void withoutAnyThatIsReadyThereIsAnErrorThatSaysSo() {
        one.ready(false);
        two.ready(false);
        try (RewardClient client =
                        RewardClient.connect(new Connection(targets, null, Duration.ofMinutes(1), Duration.ZERO));
                Scorer scorer = client.stream(REWARDS, Limits.DEFAULT)) {
            SampleResult result =
                    scorer.score(List.of(Sample.getDefaultInstance())).join().getFirst();

            assertThat(result.getError().getMessage()).contains("NOT_SERVING");
        }
    }

    /** Its connection answers pings, so that only the deadline of the samples tells. */
    @Test
    void oneThatAnswersNothingCostsItsSamplesOneTimeout() {
        try (RewardClient client =
                RewardClient.connect(new Connection(targets, null, Duration.ofMillis(300), Duration.ofMinutes(5)))) {
            connectToBoth(client);
            two.answerOnly(0);

            score(client, 64);

            assertThat(client.statistics().retries()).isPositive();
        }
    }

    @Test
    void whatOneReplicaLacksAnotherMayHaveIfItIsPinned() {
        try (RewardClient client = RewardClient.connect(Connection.to(targets));
                Scorer pinned = client.pinnedStream(REWARDS, Limits.DEFAULT)) {
            connectToBoth(client);
            for (int stream = 0; stream < 3; stream++) {
                one.failCall(
                        Status.NOT_FOUND.withDescription("version: sha256:new").asRuntimeException());
            }

            assertThat(pinned.score(numbered(64)).join()).allMatch(SampleResult::hasRewards);
            assertThat(client.statistics().retries()).isPositive();
        }
    }

    @Test
    void aNameThatIsUnknownFailsAtOnce() {
        one.failCall(Status.NOT_FOUND.withDescription("reward: lenght").asRuntimeException());
        try (RewardClient client = RewardClient.connect(Connection.to(one.target()));
                Scorer scorer = client.stream(REWARDS, Limits.DEFAULT)) {
            assertThat(scorer.score(numbered(1)).join().getFirst().getError().getMessage())
                    .isEqualTo("reward: lenght");
        }
    }

    /** Scores until both have got samples: each replica is used once its connection stands. */
    private void connectToBoth(RewardClient client) {
        int beforeOne = samples(one);
        int beforeTwo = samples(two);
        while (samples(one) == beforeOne || samples(two) == beforeTwo) {
            score(client, 1);
        }
    }

    private static void score(RewardClient client, int samples) {
        try (Scorer scorer = client.stream(REWARDS, Limits.DEFAULT)) {
            assertThat(scorer.score(numbered(samples)).join()).allMatch(SampleResult::hasRewards);
        }
    }

    private static List<Sample> numbered(int samples) {
        return IntStream.range(0, samples)
                .mapToObj(i -> Sample.newBuilder().setId("" + i).build())
                .toList();
    }

    private static int samples(TestingRewardServer server) {
        return server.streams().stream().mapToInt(List::size).sum();
    }
}
