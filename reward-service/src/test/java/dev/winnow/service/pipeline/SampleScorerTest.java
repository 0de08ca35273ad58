package dev.winnow.service.pipeline;

import static dev.winnow.service.domain.TestingFailures.failureOf;
import static dev.winnow.service.pipeline.TestingModels.at;
import static dev.winnow.service.pipeline.TestingModels.request;
import static dev.winnow.service.pipeline.TestingModels.weighted;
import static org.assertj.core.api.Assertions.assertThat;

import dev.winnow.service.domain.Call;
import dev.winnow.service.domain.Density;
import dev.winnow.service.domain.Failure;
import dev.winnow.service.domain.RewardRequest;
import dev.winnow.service.domain.RewardVector;
import dev.winnow.service.domain.Sample;
import dev.winnow.service.domain.SampleOutcome.Rewarded;
import dev.winnow.service.domain.Span;
import dev.winnow.service.domain.TestingSamples;
import dev.winnow.service.model.TestingModelRunner;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SampleScorerTest {
    private final TestingModelRunner runner = TestingModels.echo();
    private final RewardModel model = TestingModels.of("tiny", "1", runner);
    private final List<Integer> told = new ArrayList<>();

    @Test
    void rewardsOfOneInputComeFromOneRun() {
        Rewarded rewarded = score(
                TestingSamples.of("p", "ab"),
                at("quality", Density.SENTENCE),
                at("quality", Density.SEQUENCE),
                at("quality", Density.SUB_SENTENCE));
        assertThat(rewarded.vectors()).hasSize(3);
        assertThat(runner.rows()).hasSize(1);
        assertThat(told).containsExactly(6);
    }

    @Test
    void rewardsOfTwoInputsComeFromTwoRuns() {
        score(TestingSamples.of("p", "ab"), request("quality"), request("fluency"));
        assertThat(runner.rows()).hasSize(2);
        assertThat(told).containsExactly(6 + 4);
    }

    /** Row {@code [CLS] p [SEP] a b [SEP]}, logits as ids: the mean of a and b is 97.5, the last token's is 2. */
    @Test
    void valuesAreReadFromTheResponsesTokens() {
        Rewarded rewarded = score(
                TestingSamples.of("p", "ab"),
                new RewardRequest("quality", Optional.empty(), Optional.empty(), Optional.empty(), true),
                at("quality", Density.SEQUENCE));
        RewardVector sentence = rewarded.vectors().getFirst();
        assertThat(sentence.reward()).isEqualTo("quality");
        assertThat(sentence.density()).isEqualTo(Density.SENTENCE);
        assertThat(sentence.model()).isEqualTo(model.id());
        assertThat(sentence.segments()).containsExactly(new Span(0, 2));
        assertThat(sentence.rawValues()).containsExactly(97.5f);
        assertThat(sentence.values()).containsExactly((97.5f - 0.25f) / 2 * 0.5f + 0.1f);
        assertThat(sentence.placements()).isEmpty();
        assertThat(sentence.truncated()).isFalse();
        RewardVector sequence = rewarded.vectors().getLast();
        assertThat(sequence.values()).containsExactly(0.5375f);
        assertThat(sequence.rawValues()).isEmpty();
        assertThat(rewarded.combined()).isEmpty();
    }

    @Test
    void stepsAreTheCallersOwn() {
        Rewarded rewarded = score(TestingSamples.withSteps("abc", List.of(1, 3)), at("quality", Density.STEP));
        assertThat(rewarded.vectors().getFirst().segments()).containsExactly(new Span(0, 1), new Span(1, 3));
    }

    @Test
    void valuesAreCombinedByWeightAtTheCallersTokens() {
        Rewarded rewarded = score(
                TestingSamples.withTokens("ab", List.of(1, 2, 2)),
                weighted("quality", Density.SEQUENCE, 2),
                weighted("fluency", Density.TOKEN, -4),
                at("quality", Density.SENTENCE));
        assertThat(rewarded.vectors().stream().map(RewardVector::placements))
                .containsExactly(List.of(2), List.of(1), List.of(1));
        assertThat(rewarded.vectors().get(1).values()).containsExactly(0.5f);
        assertThat(rewarded.combined()).containsExactly(0f, -2f, 1.075f);
    }

    @Test
    void tokensWithoutWeightsGivePlacementsAlone() {
        Rewarded rewarded = score(TestingSamples.withTokens("ab", List.of(2)), request("quality"));
        assertThat(rewarded.vectors().getFirst().placements()).containsExactly(0);
        assertThat(rewarded.combined()).isEmpty();
    }

    @Test
    void weightsWithoutTokensAreRefusedBeforeAnythingRuns() {
        assertThat(failureOf(() -> score(TestingSamples.of("p", "ab"), weighted("quality", Density.SEQUENCE, 1))))
                .isEqualTo(new Failure.InvalidArgument(
                        "tokens: absent (expected: the ends of the caller's tokens, since a reward has a weight)"));
        assertThat(runner.rows()).isEmpty();
        assertThat(told).isEmpty();
    }

    @Test
    void truncatedPromptIsTold() {
        Rewarded rewarded = score(TestingSamples.of("p".repeat(17), "ab"), request("quality"), request("fluency"));
        assertThat(rewarded.vectors()).extracting(RewardVector::truncated).containsExactly(true, false);
    }

    private Rewarded score(Sample sample, RewardRequest... requests) {
        Selection selection = TestingModels.catalog(model).resolve(List.of(requests));
        return new SampleScorer(RowRunner.DIRECT)
                .score(sample, selection, Call.unbounded(), told::add)
                .join();
    }
}
