package dev.winnow.service.pipeline;

import dev.winnow.service.align.CombinedReward;
import dev.winnow.service.align.PolicyTokens;
import dev.winnow.service.align.SegmentReader;
import dev.winnow.service.align.SegmentValues;
import dev.winnow.service.align.Steps;
import dev.winnow.service.domain.Call;
import dev.winnow.service.domain.Density;
import dev.winnow.service.domain.FailureException;
import dev.winnow.service.domain.RewardVector;
import dev.winnow.service.domain.Sample;
import dev.winnow.service.domain.SampleOutcome.Rewarded;
import dev.winnow.service.domain.Span;
import dev.winnow.service.input.LaidOutInput;
import dev.winnow.service.model.Logits;
import dev.winnow.service.pipeline.Selection.Input;
import dev.winnow.service.segment.Segmenter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;

/**
 * The whole way of one sample: check, segment, tokenise, run, read out, align. Thread-safe. Rewards that read the same
 * input of the same model come from one run.
 */
public final class SampleScorer {
    private final RowRunner runner;

    public SampleScorer(RowRunner runner) {
        this.runner = runner;
    }

    /**
     * Scores one sample.
     *
     * @param onTokens told the sample's tokens over all its runs, before any runs
     * @return the rewards, or what the run failed with
     * @throws FailureException if the sample cannot be scored as it is
     */
    public CompletableFuture<Rewarded> score(Sample sample, Selection selection, Call call, IntConsumer onTokens) {
        sample.requireId();
        Optional<PolicyTokens> tokens = checkTokens(sample, selection);
        Map<Density, List<Span>> segments =
                selection.densities().collect(Collectors.toMap(density -> density, density -> cut(sample, density)));
        Map<Input, LaidOutInput> inputs = new LinkedHashMap<>();
        selection
                .inputs()
                .forEach(input ->
                        inputs.put(input, input.model().input(input.name()).build(sample)));
        selection.rewards().forEach(reward -> requireTokens(reward, require(inputs, reward.input())));
        onTokens.accept(
                inputs.values().stream().mapToInt(input -> input.row().width()).sum());

        Map<Input, CompletableFuture<Logits>> runs = new LinkedHashMap<>();
        inputs.forEach(
                (input, laidOut) -> runs.put(input, runner.run(input.model().runner(), laidOut.row(), call)));
        return CompletableFuture.allOf(runs.values().toArray(CompletableFuture[]::new))
                .thenApply(done -> {
                    List<RewardVector> vectors = new ArrayList<>();
                    for (Selection.Reward reward : selection.rewards()) {
                        LaidOutInput input = require(inputs, reward.input());
                        Logits logits = require(runs, reward.input()).join();
                        vectors.add(align(reward, require(segments, reward.density()), input, logits, tokens));
                    }
                    return new Rewarded(vectors, combine(selection, vectors, tokens));
                });
    }

    private static Optional<PolicyTokens> checkTokens(Sample sample, Selection selection) {
        if (sample.tokens().isEmpty() && selection.isWeighted()) {
            throw FailureException.invalidArgument(
                    "tokens: absent (expected: the ends of the caller's tokens, since a reward has a weight)");
        }
        return sample.tokens()
                .map(ends -> PolicyTokens.of(ends, sample.response().length()));
    }

    private static void requireTokens(Selection.Reward reward, LaidOutInput input) {
        if (reward.density() == Density.SEQUENCE
                && input.responseSpans().isEmpty()
                && reward.model().refusesEmptyResponse(reward.specification())) {
            throw FailureException.invalidArgument(
                    "response: no token for %s (expected: at least one; the model was not trained on empty responses)",
                    reward.label());
        }
    }

    private static List<Span> cut(Sample sample, Density density) {
        return density == Density.STEP
                ? Steps.of(sample.segmentEnds(), sample.response().length())
                : Segmenter.segments(sample.response(), density);
    }

    private static RewardVector align(
            Selection.Reward reward,
            List<Span> segments,
            LaidOutInput input,
            Logits logits,
            Optional<PolicyTokens> tokens) {
        SegmentValues read = SegmentReader.read(reward.specification(), reward.density(), segments, input, logits);
        return new RewardVector(
                reward.specification().name(),
                reward.density(),
                reward.model().id(),
                read.segments(),
                read.values(),
                reward.rawValues() ? read.raw() : List.of(),
                tokens.map(policyTokens -> policyTokens.place(reward.density(), read.segments()))
                        .orElse(List.of()),
                input.truncated());
    }

    private static List<Float> combine(Selection selection, List<RewardVector> vectors, Optional<PolicyTokens> tokens) {
        if (tokens.isEmpty() || !selection.isWeighted()) {
            return List.of();
        }
        CombinedReward combined = new CombinedReward(tokens.get().size());
        for (int index = 0; index < vectors.size(); index++) {
            RewardVector vector = vectors.get(index);
            selection
                    .rewards()
                    .get(index)
                    .weight()
                    .ifPresent(weight -> combined.add(weight, vector.values(), vector.placements()));
        }
        return combined.perToken();
    }

    private static <K, V> V require(Map<K, V> map, K key) {
        V value = map.get(key);
        if (value == null) {
            throw new IllegalStateException("no entry for " + key);
        }
        return value;
    }
}
