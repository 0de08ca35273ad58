package dev.winnow.service.loading;

import dev.winnow.service.domain.Call;
import dev.winnow.service.domain.Density;
import dev.winnow.service.domain.FailureException;
import dev.winnow.service.domain.Prompt;
import dev.winnow.service.domain.RewardRequest;
import dev.winnow.service.domain.RewardVector;
import dev.winnow.service.domain.Sample;
import dev.winnow.service.domain.Span;
import dev.winnow.service.domain.Text;
import dev.winnow.service.loading.GoldenFile.GoldenSample;
import dev.winnow.service.loading.GoldenFile.GoldenVector;
import dev.winnow.service.model.RewardSpecification;
import dev.winnow.service.pipeline.Catalog;
import dev.winnow.service.pipeline.RewardModel;
import dev.winnow.service.pipeline.RowRunner;
import dev.winnow.service.pipeline.SampleScorer;
import dev.winnow.service.pipeline.Selection;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;

/** Proves that served values are those of the training code: same segments, values within the manifest's tolerance. */
final class GoldenCheck {
    private static final SampleScorer SCORER = new SampleScorer(RowRunner.DIRECT);

    private GoldenCheck() {}

    /**
     * Scores every golden sample by the same code that serves; each reward must be proven at each of its densities but
     * {@link Density#STEP}, which reads out like the others and is proven where the file has it.
     *
     * @throws BundleRefusedException with the first difference
     */
    static void run(RewardModel model, Path file) throws IOException {
        Catalog catalog = new Catalog(Map.of(model.id().bundle(), List.of(model)));
        Set<String> proven = new HashSet<>();
        for (GoldenFile.Line line : GoldenFile.read(file).lines()) {
            for (GoldenVector expected : line.rewards()) {
                RewardVector served = score(catalog, line.sample(), expected);
                compare(line.sample().id(), expected, served, model.manifest().goldenTolerance());
                if (!served.segments().isEmpty()) {
                    proven.add(expected.reward() + "@" + expected.density());
                }
            }
        }
        requireAll(model, proven);
    }

    private static RewardVector score(Catalog catalog, GoldenSample golden, GoldenVector expected) {
        RewardRequest request = new RewardRequest(
                expected.reward(), Optional.of(expected.density()), Optional.empty(), Optional.empty(), true);
        try {
            Selection selection = catalog.resolve(List.of(request));
            return SCORER.score(toSample(golden), selection, Call.unbounded(), tokens -> {})
                    .join()
                    .vectors()
                    .getFirst();
        } catch (FailureException | CompletionException e) {
            throw new BundleRefusedException(
                    "golden.jsonl: sample %s, %s at %s: %s"
                            .formatted(golden.id(), expected.reward(), expected.density(), e.getMessage()),
                    e);
        }
    }

    private static Sample toSample(GoldenSample golden) {
        List<Integer> steps = golden.segmentEnds() == null ? List.of() : golden.segmentEnds();
        return new Sample(
                golden.id(),
                promptOf(golden),
                golden.context() == null ? List.of() : golden.context(),
                Text.of(golden.response()),
                Optional.empty(),
                steps,
                Optional.empty(),
                golden.response().length());
    }

    private static Prompt promptOf(GoldenSample golden) {
        if (golden.messages() == null) {
            return golden.prompt() == null ? new Prompt.None() : new Prompt.Plain(golden.prompt());
        }
        if (golden.prompt() != null) {
            throw new BundleRefusedException(
                    "golden.jsonl: sample %s: prompt and messages (expected: at most one of them)"
                            .formatted(golden.id()));
        }
        return new Prompt.Conversation(golden.messages().stream()
                .map(turn -> new Prompt.Turn(turn.role(), turn.content()))
                .toList());
    }

    private static void compare(String id, GoldenVector expected, RewardVector served, double tolerance) {
        List<Integer> starts = served.segments().stream().map(Span::start).toList();
        List<Integer> ends = served.segments().stream().map(Span::end).toList();
        if (!starts.equals(expected.starts()) || !ends.equals(expected.ends())) {
            throw new BundleRefusedException("golden.jsonl: sample %s, %s at %s: segments %s to %s (expected: %s to %s)"
                    .formatted(
                            id,
                            expected.reward(),
                            expected.density(),
                            starts,
                            ends,
                            expected.starts(),
                            expected.ends()));
        }
        compareValues(id, expected, "values", expected.values(), served.values(), tolerance);
        compareValues(id, expected, "raw_values", expected.rawValues(), served.rawValues(), tolerance);
    }

    private static void compareValues(
            String id, GoldenVector vector, String name, List<Double> expected, List<Float> served, double tolerance) {
        for (int segment = 0; segment < served.size(); segment++) {
            double difference = Math.abs(expected.get(segment) - served.get(segment));
            // Written so that NaN, which compares false, is refused too.
            if (!(difference <= tolerance)) {
                throw new BundleRefusedException(
                        "golden.jsonl: sample %s, %s at %s: %s[%d] is %s (expected: %s within %s)"
                                .formatted(
                                        id,
                                        vector.reward(),
                                        vector.density(),
                                        name,
                                        segment,
                                        served.get(segment),
                                        expected.get(segment),
                                        tolerance));
            }
        }
    }

    private static void requireAll(RewardModel model, Set<String> proven) {
        for (RewardSpecification reward : model.manifest().rewards().values()) {
            for (Density density : reward.readOuts().keySet()) {
                if (density != Density.STEP && !proven.contains(reward.name() + "@" + density)) {
                    throw new BundleRefusedException(
                            "golden.jsonl: nothing for %s at %s (expected: at least one sample with a segment)"
                                    .formatted(reward.name(), density));
                }
            }
        }
    }
}
