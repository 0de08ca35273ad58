package dev.winnow.service.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.winnow.service.wiring.TestingBundles;
import dev.winnow.v1.Density;
import dev.winnow.v1.ListRewardsRequest;
import dev.winnow.v1.ListRewardsResponse;
import dev.winnow.v1.Overflow;
import dev.winnow.v1.RewardInfo;
import dev.winnow.v1.ValueStatistics;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestingBundles.class)
class ListRewardsTest {
    @Test
    void tellsWhatCanBeAskedForAndWhatWasRefused() {
        try (TestingClient client = new TestingClient()) {
            ListRewardsResponse listing = client.blocking().listRewards(ListRewardsRequest.getDefaultInstance());

            assertThat(listing.getRewardsList())
                    .extracting(reward -> reward.getBundle() + "/" + reward.getName())
                    .containsExactly(
                            "tiny/quality",
                            "tiny/fluency",
                            "tiny/support",
                            "tiny-chat/preference",
                            "tiny-chat/politeness",
                            "tiny-faulty/faulty",
                            "tiny-int8/int8-quality",
                            "tiny-int8/int8-fluency",
                            "toxicity/toxicity",
                            "toxicity/detoxification");
            RewardInfo toxicity = named("toxicity", listing);
            assertThat(toxicity.getDensitiesList())
                    .containsExactly(
                            Density.TOKEN, Density.STEP, Density.SUB_SENTENCE, Density.SENTENCE, Density.SEQUENCE);
            assertThat(toxicity.getDefaultDensity()).isEqualTo(Density.TOKEN);
            assertThat(toxicity.getMinimum()).isEqualTo(-1f);
            assertThat(toxicity.getMaximum()).isEqualTo(0f);
            assertThat(toxicity.getMaximumTokens()).isEqualTo(512);
            assertThat(toxicity.getOverflow()).isEqualTo(Overflow.OVERFLOW_REFUSE);
            assertThat(toxicity.getVersionsList()).singleElement().satisfies(version -> {
                assertThat(version.getLatest()).isTrue();
                assertThat(version.getDigest()).matches("sha256:[0-9a-f]{64}");
            });
            assertThat(listing.getRefusedList()).singleElement().satisfies(refused -> {
                assertThat(refused.getFolder()).isEqualTo("tampered/1");
                assertThat(refused.getReason()).contains("golden.jsonl: sample plain");
            });
            assertThat(listing.getMaximumSamplesPerCall()).isEqualTo(500);
            assertThat(listing.getMaximumMessageBytes()).isEqualTo(4194304);
        }
    }

    @Test
    void tellsTheStatisticsOfTheDensitiesWhoseBundleDoes() {
        try (TestingClient client = new TestingClient()) {
            ListRewardsResponse listing = client.blocking().listRewards(ListRewardsRequest.getDefaultInstance());

            assertThat(named("quality", listing).getVersions(0).getStatisticsList())
                    .containsExactly(
                            ValueStatistics.newBuilder()
                                    .setDensity(Density.SENTENCE)
                                    .setMean(0.125f)
                                    .setStandardDeviation(2.5f)
                                    .build(),
                            ValueStatistics.newBuilder()
                                    .setDensity(Density.SEQUENCE)
                                    .setMean(-3)
                                    .build());
            assertThat(named("fluency", listing).getVersions(0).getStatisticsList())
                    .isEmpty();
        }
    }

    private static RewardInfo named(String name, ListRewardsResponse listing) {
        return listing.getRewardsList().stream()
                .filter(reward -> reward.getName().equals(name))
                .findAny()
                .orElseThrow();
    }
}
