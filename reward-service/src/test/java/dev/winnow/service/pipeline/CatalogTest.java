package dev.winnow.service.pipeline;

import static dev.winnow.service.pipeline.TestingModels.at;
import static dev.winnow.service.pipeline.TestingModels.request;
import static dev.winnow.service.pipeline.TestingModels.version;
import static org.assertj.core.api.Assertions.assertThat;

import dev.winnow.service.domain.Density;
import dev.winnow.service.domain.RewardRequest;
import dev.winnow.service.model.TestingManifests;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CatalogTest {
    private final RewardModel latest = TestingModels.of("tiny", "2", TestingModels.echo());
    private final RewardModel older = TestingModels.of("tiny", "1", TestingModels.echo());
    private final Catalog catalog = TestingModels.catalog(latest, older);

    @Test
    void latestVersionAndDefaultDensityWhereNoneIsAskedFor() {
        Selection.Reward reward = only(request("quality"));
        assertThat(reward.model()).isSameAs(latest);
        assertThat(reward.density()).isEqualTo(Density.SENTENCE);
        assertThat(reward.specification().name()).isEqualTo("quality");
        assertThat(reward.weight()).isEmpty();
        assertThat(only(request("fluency")).density()).isEqualTo(Density.TOKEN);
    }

    @Test
    void versionIsFoundByNameAndByDigest() {
        assertThat(only(version("quality", "1")).model()).isSameAs(older);
        assertThat(only(version("quality", "sha256:tiny-1")).model()).isSameAs(older);
        assertThat(only(version("quality", "sha256:tiny-2")).model()).isSameAs(latest);
    }

    @Test
    void rewardsKeepTheOrderOfTheRequests() {
        Selection selection =
                catalog.resolve(List.of(at("fluency", Density.SEQUENCE), request("quality"), request("fluency")));
        assertThat(selection.labels())
                .containsExactly("tiny/fluency@SEQUENCE", "tiny/quality@SENTENCE", "tiny/fluency@TOKEN");
    }

    @Test
    void weightAndRawValuesAreKept() {
        Selection.Reward reward =
                only(new RewardRequest("quality", Optional.empty(), Optional.empty(), Optional.of(0.5f), true));
        assertThat(reward.weight()).contains(0.5f);
        assertThat(reward.rawValues()).isTrue();
    }

    @Test
    void sameRewardOfTwoVersionsIsTwoRewards() {
        assertThat(catalog.resolve(List.of(version("quality", "1"), version("quality", "2")))
                        .rewards())
                .extracting(Selection.Reward::model)
                .containsExactly(older, latest);
    }

    @Test
    void rewardOfSeveralBundlesIsFoundByItsQualifiedName() {
        RewardModel other = TestingModels.of("other", "1", TestingModels.echo());
        Catalog both = new Catalog(Map.of("tiny", List.of(latest), "other", List.of(other)));
        assertThat(both.resolve(List.of(request("other/quality"), request("tiny/quality")))
                        .rewards())
                .extracting(Selection.Reward::model)
                .containsExactly(other, latest);
    }

    @Test
    void nameIsNotFoundByItsEndAlone() {
        String manifest = TestingManifests.tinyWith("  quality:", "  low-quality:");
        RewardModel other = TestingModels.of("other", "1", manifest, TestingModels.echo());
        Catalog both = new Catalog(Map.of("tiny", List.of(latest), "other", List.of(other)));
        assertThat(both.resolve(List.of(request("quality")))
                        .rewards()
                        .getFirst()
                        .model())
                .isSameAs(latest);
    }

    private Selection.Reward only(RewardRequest request) {
        return catalog.resolve(List.of(request)).rewards().getFirst();
    }
}
