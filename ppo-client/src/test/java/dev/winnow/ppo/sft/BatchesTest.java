package dev.winnow.ppo.sft;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BatchesTest {
    private static final List<Example> EXAMPLES = IntStream.range(0, 1000)
            .mapToObj(number -> new Example(new long[] {1}, new long[1 + (number * 37) % 100]))
            .toList();

    @Test
    void everyPassHasEveryExampleOnceInAnotherOrder() {
        Batches batches = new Batches(EXAMPLES, 8, 7);

        List<Example> first = steps(batches, 0, 125);
        List<Example> second = steps(batches, 125, 250);

        assertThat(first).hasSize(1000).doesNotHaveDuplicates();
        assertThat(new HashSet<>(second)).isEqualTo(Set.copyOf(first));
        assertThat(second).isNotEqualTo(first);
    }

    @Test
    void aStepsExamplesFollowFromSeedAndNumberAlone() {
        assertThat(new Batches(EXAMPLES, 8, 7).ofStep(200)).isEqualTo(new Batches(EXAMPLES, 8, 7).ofStep(200));
        assertThat(new Batches(EXAMPLES, 8, 7).ofStep(200)).isNotEqualTo(new Batches(EXAMPLES, 8, 8).ofStep(200));
    }

    @Test
    void examplesOfABatchHaveNearLengths() {
        Batches batches = new Batches(EXAMPLES, 8, 7);

        for (int step = 0; step < 125; step++) {
            int[] lengths =
                    batches.ofStep(step).stream().mapToInt(Example::length).toArray();
            assertThat(IntStream.of(lengths).max().orElseThrow()
                            - IntStream.of(lengths).min().orElseThrow())
                    .isLessThan(20);
        }
    }

    private static List<Example> steps(Batches batches, int begin, int end) {
        List<Example> examples = new ArrayList<>();
        for (int step = begin; step < end; step++) {
            examples.addAll(batches.ofStep(step));
        }
        return examples;
    }
}
