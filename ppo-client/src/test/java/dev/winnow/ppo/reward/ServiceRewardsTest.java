package dev.winnow.ppo.reward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.rpc.Code;
import dev.winnow.ppo.reward.ResponseRewards.PlacedValue;
import dev.winnow.ppo.reward.connection.Connection;
import dev.winnow.v1.Density;
import dev.winnow.v1.ListRewardsResponse;
import dev.winnow.v1.RewardInfo;
import dev.winnow.v1.RewardRequest;
import dev.winnow.v1.RewardVector;
import dev.winnow.v1.Rewards;
import dev.winnow.v1.SampleResult;
import dev.winnow.v1.ValueStatistics;
import dev.winnow.v1.VersionInfo;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ServiceRewardsTest {
    private static final RewardSample SAMPLE = new RewardSample("prompt", List.of("passage"), tokens("a", "b", ""));

    private final TestingRewardServer server = new TestingRewardServer();
    private final RewardClient client = RewardClient.connect(Connection.to(server.target()));

    @BeforeEach
    void list() {
        server.list(ListRewardsResponse.newBuilder()
                .addRewards(reward("tone", "style", "old", "new"))
                .addRewards(reward("tone", "other", "new"))
                .addRewards(reward("facts", "qa", "old", "new"))
                .build());
    }

    @AfterEach
    void close() {
        client.close();
        server.close();
    }

    @Test
    void valuesComeWithTheirPlacements() throws Exception {
        server.answer(result(vector("sha256:new", 1, 0, 2, 1), vector("sha256:new", 3, 2)));
        try (ServiceRewards rewards = pin("facts@SENTENCE=0.5,style/tone")) {
            assertThat(rewards.rewards())
                    .containsExactly(new WeightedReward("facts@SENTENCE", 0.5), new WeightedReward("style/tone", 1));

            List<ResponseRewards> scored = rewards.score(List.of(SAMPLE)).get();

            assertThat(scored)
                    .containsExactly(new ResponseRewards(List.of(
                            List.of(new PlacedValue(0, 1), new PlacedValue(1, 2)), List.of(new PlacedValue(2, 3)))));
            assertThat(server.streams().getFirst()).singleElement().satisfies(sample -> {
                assertThat(sample.getPrompt()).isEqualTo("prompt");
                assertThat(sample.getContextList()).containsExactly("passage");
                assertThat(sample.getResponse()).isEqualTo("ab");
                assertThat(sample.getTokens().getEndsList()).containsExactly(1, 2, 2);
            });
        }
    }

    @Test
    void versionIsPinnedByItsDigest() {
        try (ServiceRewards rewards = pin("facts=2")) {
            RewardRequest pinned = rewards.pinned().getFirst();

            assertThat(pinned.getVersion()).isEqualTo("sha256:new");
            assertThat(pinned.getWeight()).isEqualTo(2);
        }
        RewardRequest old =
                RewardRequest.newBuilder().setName("facts").setVersion("old").build();
        try (ServiceRewards rewards = ServiceRewards.pin(client, List.of(old), false, 100)) {
            assertThat(rewards.pinned().getFirst().getVersion()).isEqualTo("sha256:old");
        }
    }

    @Test
    void valuesAreNormalisedByWhatTheirVersionTells() {
        try (ServiceRewards rewards = pinNormalised("qa/facts@SENTENCE=2,facts:old@SENTENCE")) {
            assertThat(rewards.rewards())
                    .extracting(WeightedReward::normalisation)
                    .containsExactly(new Normalisation(-0.5, 0.25), new Normalisation(2, 4));
        }
        assertThatThrownBy(() -> pinNormalised("facts@TOKEN"))
                .hasMessage(
                        "statistics of facts@TOKEN: none at TOKEN (expected: mean and standard deviation, to normalise by)");
        assertThatThrownBy(() -> pinNormalised("facts"))
                .hasMessage("density of facts: none (expected: facts@DENSITY, as it is normalised by that density's"
                        + " statistics)");
        assertThatThrownBy(() -> pinNormalised("facts:old@SEQUENCE"))
                .hasMessage("statistics of facts@SEQUENCE: standard deviation: 0.0 (expected: above 0 and finite)");
    }

    @Test
    void missingRewardIsAFailure() {
        server.answer(TestingRewardServer.error(Code.OUT_OF_RANGE, "too long", 0));
        server.answer(result(vector("sha256:other", 1, 0)));
        server.answer(result(
                RewardVector.newBuilder().setDigest("sha256:new").addValues(1).build()));
        server.answer(result(vector("sha256:new", Float.NaN, 0)));
        try (ServiceRewards rewards = pin("facts")) {
            assertMissing(rewards, "reward: OUT_OF_RANGE: too long (expected: a value for every response)");
            assertMissing(rewards, "digest of facts: sha256:other (expected: sha256:new)");
            assertMissing(rewards, "placements of facts: 0 (expected: 1, one for each value)");
            assertMissing(rewards, "facts of segment 0: NaN (expected: a finite number)");
        }
    }

    @Test
    void aServiceThatStaysAwayIsAFailureThatSaysForHowLong() throws InterruptedException {
        Connection hasty = new Connection(server.target(), null, Connection.TIMEOUT, Duration.ofMillis(300));
        try (RewardClient client = RewardClient.connect(hasty);
                ServiceRewards rewards = ServiceRewards.pin(client, RewardNotation.parse("facts"), false, 1)) {
            server.kill();

            assertThatThrownBy(() -> rewards.score(List.of(SAMPLE)).get())
                    .cause()
                    .isInstanceOf(MissingRewardException.class)
                    .message()
                    .matches("reward: UNAVAILABLE: given up after \\d+ tries in 0\\.\\d s: .+"
                            + " \\(expected: a value for every response\\)");
            assertThat(rewards.statistics().interruptions()).isOne();
        }
    }

    @Test
    void waitsAtTheStartForAServiceThatIsNotReadyYet() {
        server.ready(false);
        CompletableFuture<ServiceRewards> pinned = CompletableFuture.supplyAsync(() -> pin("facts"));
        while (client.statistics().interruptions() == 0) {
            assertThat(pinned.isDone()).isFalse();
        }
        server.ready(true);

        try (ServiceRewards rewards = pinned.join()) {
            assertThat(rewards.pinned()).hasSize(1);
        }
    }

    @Test
    void refusesAtTheStartWhatCannotBeHad() {
        assertThatThrownBy(() -> pin("speed"))
                .hasMessage("reward: speed (expected: one of style/tone, other/tone, qa/facts)");
        assertThatThrownBy(() -> pin("tone")).hasMessage("reward: tone (expected: one of style/tone, other/tone)");
        assertThatThrownBy(() -> pin("facts,facts=2"))
                .hasMessage("rewards: [facts, facts] (expected: at least one, none twice)");
        assertThatThrownBy(() -> ServiceRewards.pin(client, RewardNotation.parse("facts"), false, 513))
                .hasMessage("maximum new tokens: 513 (expected: at most 512, which qa/facts takes)");
        RewardRequest none =
                RewardRequest.newBuilder().setName("facts").setVersion("none").build();
        assertThatThrownBy(() -> ServiceRewards.pin(client, List.of(none), false, 1))
                .hasMessage("version of qa/facts: none (expected: one of old sha256:old, new sha256:new)");
        server.list(ListRewardsResponse.newBuilder()
                .addRewards(reward("combined", "style", "new"))
                .build());
        assertThatThrownBy(() -> pin("combined"))
                .hasMessage(
                        "reward: combined (expected: BUNDLE/combined or combined@DENSITY, as metrics call the weighted"
                                + " sum by its name)");
    }

    private ServiceRewards pin(String rewards) {
        return ServiceRewards.pin(client, RewardNotation.parse(rewards), false, 512);
    }

    private ServiceRewards pinNormalised(String rewards) {
        return ServiceRewards.pin(client, RewardNotation.parse(rewards), true, 512);
    }

    private static void assertMissing(ServiceRewards rewards, String message) {
        assertThatThrownBy(() -> rewards.score(List.of(SAMPLE)).get())
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOf(MissingRewardException.class)
                .hasMessage(message);
    }

    private static RewardInfo reward(String name, String bundle, String... versions) {
        RewardInfo.Builder info =
                RewardInfo.newBuilder().setName(name).setBundle(bundle).setMaximumTokens(512);
        for (String version : versions) {
            boolean latest = version.equals("new");
            info.addVersions(VersionInfo.newBuilder()
                    .setVersion(version)
                    .setDigest("sha256:" + version)
                    .setLatest(latest)
                    .addStatistics(statistics(Density.SENTENCE, latest ? -0.5f : 2, latest ? 0.25f : 4))
                    .addStatistics(statistics(Density.SEQUENCE, 1, 0)));
        }
        return info.build();
    }

    private static ValueStatistics statistics(Density density, float mean, float deviation) {
        return ValueStatistics.newBuilder()
                .setDensity(density)
                .setMean(mean)
                .setStandardDeviation(deviation)
                .build();
    }

    private static SampleResult result(RewardVector... vectors) {
        return SampleResult.newBuilder()
                .setRewards(Rewards.newBuilder().addAllVectors(List.of(vectors)))
                .build();
    }

    /** Makes a vector of pairs of a value and a placement. */
    private static RewardVector vector(String digest, float... pairs) {
        RewardVector.Builder vector = RewardVector.newBuilder().setDigest(digest);
        for (int pair = 0; pair < pairs.length; pair += 2) {
            vector.addValues(pairs[pair]).addPlacements((int) pairs[pair + 1]);
        }
        return vector.build();
    }

    private static TokenEnds tokens(String... tokens) {
        return TokenEnds.of(List.of(tokens).stream()
                .map(token -> token.getBytes(StandardCharsets.UTF_8))
                .toList());
    }
}
