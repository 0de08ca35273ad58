package dev.winnow.service.align;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.winnow.service.domain.Density;
import dev.winnow.service.domain.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class PlacementPropertiesTest {
    /** A response with its caller's tokens, and segments of it. */
    record Alignment(int length, List<Integer> ends, List<Span> segments) {
        List<Integer> placements() {
            return PolicyTokens.of(ends, length).place(Density.SENTENCE, segments);
        }
    }

    @Property
    void placesEachSegmentOnceInOrder(@ForAll("alignments") Alignment alignment) {
        assertThat(alignment.placements())
                .hasSameSizeAs(alignment.segments())
                .isSorted()
                .allSatisfy(
                        token -> assertThat(token).isBetween(0, alignment.ends().size() - 1));
    }

    @Property
    void placesAtTheFirstTokenThatReachesTheSegmentsEnd(@ForAll("alignments") Alignment alignment) {
        List<Integer> expected = alignment.segments().stream()
                .map(segment -> IntStream.range(0, alignment.ends().size())
                        .filter(token -> alignment.ends().get(token) >= segment.end())
                        .findFirst()
                        .orElseThrow())
                .toList();
        assertThat(alignment.placements()).isEqualTo(expected);
    }

    @Property
    void combinedRewardKeepsTheSum(@ForAll("alignments") Alignment alignment, @ForAll("values") List<Float> values) {
        List<Float> own = IntStream.range(0, alignment.segments().size())
                .mapToObj(index -> values.get(index % values.size()))
                .toList();
        CombinedReward combined = new CombinedReward(alignment.ends().size());
        combined.add(2, own, alignment.placements());
        assertThat(sum(combined.perToken())).isCloseTo(2 * sum(own), within(1e-3));
    }

    @Provide
    Arbitrary<List<Float>> values() {
        return Arbitraries.floats().between(-10, 10).list().ofMinSize(1).ofMaxSize(9);
    }

    /** Cuts sorted into ends; every other gap between the marks is a segment, so that segments leave gaps too. */
    @Provide
    Arbitrary<Alignment> alignments() {
        return Arbitraries.integers()
                .between(0, 40)
                .flatMap(length -> Combinators.combine(points(length), points(length), Arbitraries.of(1, 2))
                        .as((cuts, marks, stride) -> {
                            List<Integer> ends = new ArrayList<>(cuts);
                            ends.add(length);
                            return new Alignment(length, ends, segments(marks, stride));
                        }));
    }

    private static Arbitrary<List<Integer>> points(int length) {
        return Arbitraries.integers()
                .between(0, length)
                .list()
                .ofMaxSize(30)
                .map(points -> points.stream().sorted().toList());
    }

    private static List<Span> segments(List<Integer> marks, int stride) {
        List<Span> segments = new ArrayList<>();
        for (int mark = 1; mark < marks.size(); mark += stride) {
            if (marks.get(mark) > marks.get(mark - 1)) {
                segments.add(new Span(marks.get(mark - 1), marks.get(mark)));
            }
        }
        return segments;
    }

    private static double sum(List<Float> values) {
        return values.stream().mapToDouble(Float::doubleValue).sum();
    }
}
