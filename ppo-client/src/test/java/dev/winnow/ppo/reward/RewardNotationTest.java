package dev.winnow.ppo.reward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.winnow.v1.Density;
import dev.winnow.v1.RewardRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RewardNotationTest {
    @Test
    void readsAllParts() {
        assertThat(RewardNotation.parse("toxicity, qa/relevance@SUB_SENTENCE=-0.3,factuality@sentence,x=1e2"))
                .containsExactly(
                        RewardRequest.newBuilder().setName("toxicity").build(),
                        RewardRequest.newBuilder()
                                .setName("qa/relevance")
                                .setDensity(Density.SUB_SENTENCE)
                                .setWeight(-0.3f)
                                .build(),
                        RewardRequest.newBuilder()
                                .setName("factuality")
                                .setDensity(Density.SENTENCE)
                                .build(),
                        RewardRequest.newBuilder().setName("x").setWeight(100).build());
    }

    @Test
    void readsVersionsByNameAndByDigest() {
        assertThat(RewardNotation.parse("x:2,qa/x:1.0-rc1@SENTENCE=0.5,x:sha256:0a9f=1"))
                .containsExactly(
                        RewardRequest.newBuilder().setName("x").setVersion("2").build(),
                        RewardRequest.newBuilder()
                                .setName("qa/x")
                                .setVersion("1.0-rc1")
                                .setDensity(Density.SENTENCE)
                                .setWeight(0.5f)
                                .build(),
                        RewardRequest.newBuilder()
                                .setName("x")
                                .setVersion("sha256:0a9f")
                                .setWeight(1)
                                .build());
    }

    @ParameterizedTest
    @ValueSource(strings = {"toxicity", "qa/x:1.0-rc1@SENTENCE=0.5", "x:sha256:0a9f=1.0E-5", "x@TOKEN", "x=-0.3"})
    void writesWhatItReads(String reward) {
        assertThat(RewardNotation.format(RewardNotation.parse(reward).getFirst()))
                .isEqualTo(reward);
    }

    @Test
    void aWeightOfZeroIsAWeight() {
        assertThat(RewardNotation.parse("x=0").getFirst().hasWeight()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "@SENTENCE", "=1", "/x", "x/", "a/b/c", "a b", ":1", "x:", "x:@SENTENCE", "x:a/b"})
    void refusesWhatHasNoName(String reward) {
        assertThatThrownBy(() -> RewardNotation.parse("good," + reward))
                .hasMessage("reward: '%s' (expected: [BUNDLE/]NAME[:VERSION][@DENSITY][=WEIGHT])", reward);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "WORD", "DENSITY_UNSPECIFIED", "UNRECOGNIZED", "SENTENCE@TOKEN"})
    void listsTheDensitiesWhereOneIsUnknown(String density) {
        assertThatThrownBy(() -> RewardNotation.parse("x@" + density))
                .hasMessageMatching(
                        density.contains("@")
                                ? "reward: .*"
                                : "density: '" + density
                                        + "' \\(expected: TOKEN, STEP, SUB_SENTENCE, SENTENCE, SEQUENCE\\)");
    }

    @ParameterizedTest
    @CsvSource({
        "x=,''",
        "x=NaN,NaN",
        "x=-Infinity,-Infinity",
        "x=1e39,1e39",
        "x=1f,1f",
        "x=a,a",
        "x=1=2,1=2",
        "x=1@TOKEN,1@TOKEN"
    })
    void refusesAWeightThatIsNoFiniteNumber(String reward, String weight) {
        assertThatThrownBy(() -> RewardNotation.parse(reward))
                .hasMessage("weight: '%s' (expected: a finite number)", weight);
    }
}
