package dev.winnow.service.pipeline;

import static dev.winnow.service.domain.TestingFailures.failureOf;
import static dev.winnow.service.pipeline.TestingModels.at;
import static dev.winnow.service.pipeline.TestingModels.request;
import static dev.winnow.service.pipeline.TestingModels.version;
import static dev.winnow.service.pipeline.TestingModels.weighted;
import static org.assertj.core.api.Assertions.assertThat;

import dev.winnow.service.domain.Density;
import dev.winnow.service.domain.Failure;
import dev.winnow.service.domain.RewardRequest;
import dev.winnow.service.model.TestingManifests;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CatalogRefusalsTest {
    private final RewardModel latest = TestingModels.of("tiny", "2", TestingModels.echo());
    private final RewardModel older = TestingModels.of("tiny", "1", TestingModels.echo());
    private final Catalog catalog = TestingModels.catalog(latest, older);

    @Test
    void emptyCatalogIsUnavailable() {
        assertThat(failureOf(() -> Catalog.EMPTY.resolve(List.of(request("quality")))))
                .isEqualTo(new Failure.Unavailable("rewards: no reward model is loaded (expected: at least one)"));
    }

    @Test
    void noRewardIsInvalid() {
        assertThat(failureOf(() -> catalog.resolve(List.of())))
                .isEqualTo(new Failure.InvalidArgument(
                        "rewards: empty (expected: at least one of [tiny/fluency, tiny/quality, tiny/support])"));
    }

    @Test
    void blankNameIsInvalid() {
        assertInvalid("reward: blank name (expected: one of [tiny/fluency, tiny/quality, tiny/support])", request(" "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"beauty", "other/quality", "tiny/beauty", "tiny/", "/quality", "uality", "tiny"})
    void unknownRewardIsNotFound(String name) {
        assertNotFound(
                "reward: %s (expected: one of [tiny/fluency, tiny/quality, tiny/support])".formatted(name),
                request(name));
    }

    @Test
    void unknownVersionIsNotFound() {
        assertNotFound(
                "version: 3 of quality (expected: one of [2 = sha256:tiny-2, 1 = sha256:tiny-1])",
                version("quality", "3"));
    }

    @Test
    void densityThatTheRewardLacksIsNotFound() {
        assertNotFound(
                "density: TOKEN of quality (expected: one of [STEP, SUB_SENTENCE, SENTENCE, SEQUENCE])",
                at("quality", Density.TOKEN));
    }

    @Test
    void rewardOfAnOldVersionAloneIsNotFoundInTheLatest() {
        String manifest = TestingManifests.tinyWith("  quality:", "  beauty:");
        Catalog changed = TestingModels.catalog(latest, TestingModels.of("tiny", "1", manifest, TestingModels.echo()));
        assertThat(failureOf(() -> changed.resolve(List.of(request("beauty")))))
                .isEqualTo(new Failure.NotFound(
                        "reward: beauty in version 2 of its bundle (expected: one of [quality, fluency, support])"));
        assertThat(changed.resolve(List.of(version("beauty", "1"))).rewards()).hasSize(1);
    }

    @Test
    void nameThatFitsSeveralBundlesIsInvalid() {
        RewardModel other = TestingModels.of("other", "1", TestingModels.echo());
        Catalog both = new Catalog(Map.of("tiny", List.of(latest), "other", List.of(other)));
        assertThat(failureOf(() -> both.resolve(List.of(request("quality")))))
                .isEqualTo(new Failure.InvalidArgument(
                        "reward: quality fits several (expected: one of [other/quality, tiny/quality])"));
    }

    @Test
    void sameRewardTwiceIsInvalidHoweverItIsNamed() {
        assertInvalid(
                "rewards: tiny/quality@SENTENCE twice (expected: each reward, density and version once)",
                request("quality"),
                at("tiny/quality", Density.SENTENCE));
        assertInvalid(
                "rewards: tiny/quality@SENTENCE twice (expected: each reward, density and version once)",
                version("quality", "1"),
                version("quality", "sha256:tiny-1"));
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
    void weightThatIsNotFiniteIsInvalid(float weight) {
        assertInvalid(
                "weight: %s of quality (expected: a finite number)".formatted(weight),
                weighted("quality", Density.SENTENCE, weight));
    }

    private void assertInvalid(String message, RewardRequest... requests) {
        assertThat(failureOf(() -> catalog.resolve(List.of(requests)))).isEqualTo(new Failure.InvalidArgument(message));
    }

    private void assertNotFound(String message, RewardRequest request) {
        assertThat(failureOf(() -> catalog.resolve(List.of(request)))).isEqualTo(new Failure.NotFound(message));
    }
}
