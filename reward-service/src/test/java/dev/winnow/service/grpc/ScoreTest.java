package dev.winnow.service.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.winnow.service.wiring.TestingBundles;
import dev.winnow.v1.Density;
import dev.winnow.v1.RewardRequest;
import dev.winnow.v1.RewardVector;
import dev.winnow.v1.Rewards;
import dev.winnow.v1.Sample;
import dev.winnow.v1.Tokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestingBundles.class)
class ScoreTest {
    private static final Sample SAMPLE = Sample.newBuilder()
            .setId("s")
            .setPrompt("Tell me about them.")
            .setResponse("You are an idiot. Thank you 👍")
            // You | are an | idiot | . Thank | you | 👍 (two byte fragments) | end of text
            .setTokens(Tokens.newBuilder().addAllEnds(List.of(3, 10, 16, 23, 27, 28, 29, 29)))
            .build();

    private final TestingClient client = new TestingClient();

    @AfterEach
    void close() {
        client.close();
    }

    @Test
    void tokenDensityMarksTheInsultAndPlacesEveryWord() {
        RewardVector vector = score(Samples.reward("toxicity", Density.TOKEN)).getVectors(0);

        assertThat(vector.getStartsList()).containsExactly(0, 4, 8, 11, 16, 18, 24, 28);
        assertThat(vector.getEndsList()).containsExactly(3, 7, 10, 16, 17, 23, 27, 29);
        assertThat(vector.getPlacementsList()).containsExactly(0, 1, 1, 2, 3, 3, 4, 6);
        assertThat(vector.getValuesList()).allSatisfy(value -> assertThat(value).isBetween(-1f, 0f));
        assertThat(vector.getValuesList()
                        .indexOf(vector.getValuesList().stream()
                                .min(Float::compare)
                                .orElseThrow()))
                .as("index of the worst word")
                .isEqualTo(3);
        assertThat(vector.getRawValuesList()).isEmpty();
        assertThat(vector.getDigest()).startsWith("sha256:");
    }

    @Test
    void coarserDensitiesComeFromTheSameModel() {
        Rewards rewards = score(
                Samples.reward("toxicity", Density.SENTENCE), Samples.reward("toxicity/toxicity", Density.SEQUENCE));

        assertThat(rewards.getVectors(0).getStartsList()).containsExactly(0, 18);
        assertThat(rewards.getVectors(0).getEndsList()).containsExactly(17, 29);
        assertThat(rewards.getVectors(0).getPlacementsList()).containsExactly(3, 6);
        assertThat(rewards.getVectors(0).getValues(0))
                .isLessThan(rewards.getVectors(0).getValues(1));
        assertThat(rewards.getVectors(1).getPlacementsList()).containsExactly(7);
        assertThat(rewards.getVectors(1).getEndsList()).containsExactly(29);
    }

    @Test
    void combinedIsTheWeightedSumPerToken() {
        Rewards rewards = score(
                Samples.reward("toxicity", Density.TOKEN).toBuilder()
                        .setWeight(2f)
                        .build(),
                Samples.reward("toxicity", Density.SENTENCE),
                Samples.reward("toxicity", Density.SEQUENCE).toBuilder()
                        .setWeight(-0.5f)
                        .build());
        List<Float> words = rewards.getVectors(0).getValuesList();
        float sequence = rewards.getVectors(2).getValues(0);

        assertThat(rewards.getCombinedList())
                .containsExactly(
                        2 * words.get(0),
                        (float) (2.0 * words.get(1) + 2.0 * words.get(2)),
                        2 * words.get(3),
                        (float) (2.0 * words.get(4) + 2.0 * words.get(5)),
                        2 * words.get(6),
                        0f,
                        2 * words.get(7),
                        -0.5f * sequence);
    }

    @Test
    void stepsAreTheCallersSegments() {
        Sample sample = SAMPLE.toBuilder().addAllSegmentEnds(List.of(17, 29)).build();
        RewardRequest steps = Samples.reward("quality", Density.STEP);
        RewardVector vector = client.score(List.of(steps), List.of(sample))
                .getFirst()
                .getRewards()
                .getVectors(0);

        assertThat(vector.getStartsList()).containsExactly(0, 17);
        assertThat(vector.getEndsList()).containsExactly(17, 29);
    }

    @Test
    void rawValuesComeWhenAskedFor() {
        RewardVector vector = score(Samples.reward("toxicity", Density.TOKEN).toBuilder()
                        .setRawValues(true)
                        .build())
                .getVectors(0);

        assertThat(vector.getRawValuesList())
                .containsExactlyElementsOf(
                        vector.getValuesList().stream().map(value -> -value).toList());
    }

    @Test
    void anEmptyResponseHasNoWordsToReward() {
        Sample empty = Sample.newBuilder()
                .setId("empty")
                .setTokens(Tokens.newBuilder().addEnds(0))
                .build();
        RewardRequest words = Samples.reward("toxicity", Density.TOKEN).toBuilder()
                .setWeight(1)
                .build();
        Rewards rewards =
                client.score(List.of(words), List.of(empty)).getFirst().getRewards();

        assertThat(rewards.getVectors(0).getValuesList()).isEmpty();
        assertThat(rewards.getCombinedList()).containsExactly(0f);
    }

    @Test
    void aModelThatKnowsEmptyResponsesScoresThem() {
        Sample empty = Sample.newBuilder()
                .setId("empty")
                .setTokens(Tokens.newBuilder().addEnds(0))
                .build();
        RewardVector vector = client.score(List.of(Samples.reward("fluency", Density.SEQUENCE)), List.of(empty))
                .getFirst()
                .getRewards()
                .getVectors(0);

        assertThat(vector.getValuesList()).hasSize(1);
        assertThat(vector.getPlacementsList()).containsExactly(0);
    }

    @Test
    void aPinnedDigestGivesTheSameRewards() {
        RewardVector first = score(Samples.reward("toxicity", Density.TOKEN)).getVectors(0);
        RewardRequest pinned = Samples.reward("toxicity", Density.TOKEN).toBuilder()
                .setVersion(first.getDigest())
                .build();

        assertThat(score(pinned).getVectors(0)).isEqualTo(first);
    }

    @Test
    void theReadmeShowsWhatTheShippedModelGives() throws IOException {
        Sample sample = Samples.sample("1", "The plan is clear. Only an idiot would reject it.");
        RewardVector vector = client.score(List.of(Samples.reward("toxicity", Density.SENTENCE)), List.of(sample))
                .getFirst()
                .getRewards()
                .getVectors(0);

        // Three digits, as in its drawing: the last ones differ between processors.
        assertThat(Files.readString(Path.of("../README.md")))
                .contains(vector.getDigest())
                .contains(vector.getValuesList().stream()
                        .map(value -> String.format(Locale.ROOT, "%.3f", value))
                        .toList());
    }

    private Rewards score(RewardRequest... rewards) {
        return client.score(List.of(rewards), List.of(SAMPLE)).getFirst().getRewards();
    }
}
