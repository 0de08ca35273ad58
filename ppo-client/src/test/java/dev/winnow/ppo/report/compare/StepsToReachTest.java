package dev.winnow.ppo.report.compare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.winnow.ppo.report.folder.MetricMeaning.Better;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class StepsToReachTest {
    private static final NavigableMap<Long, Double> QUICK = new TreeMap<>(Map.of(-1L, 0.0, 9L, 0.5, 19L, 0.4));
    private static final NavigableMap<Long, Double> SLOW = new TreeMap<>(Map.of(-1L, 0.0, 9L, 0.1, 19L, 0.6));
    private static final NavigableMap<Long, Double> NEVER = new TreeMap<>(Map.of(-1L, 0.0, 9L, 0.1, 19L, 0.2));

    @Test
    void countsStepsUntilTheFirstValueThatIsAsGood() {
        assertThat(StepsToReach.of(List.of(QUICK, SLOW), 0.5, Better.GREATER))
                .isEqualTo(new StepsToReach(OptionalDouble.of(15), 2, 2));
        assertThat(StepsToReach.of(List.of(QUICK), 0, Better.GREATER))
                .isEqualTo(new StepsToReach(OptionalDouble.of(0), 1, 1));
        assertThat(StepsToReach.of(List.of(SLOW), 0.1, Better.LESS))
                .isEqualTo(new StepsToReach(OptionalDouble.of(0), 1, 1));
    }

    @Test
    void runsThatDoNotGetThereCountAsTheSlowest() {
        assertThat(StepsToReach.of(List.of(NEVER, QUICK, SLOW), 0.5, Better.GREATER))
                .isEqualTo(new StepsToReach(OptionalDouble.of(20), 2, 3));
        assertThat(StepsToReach.of(List.of(NEVER, QUICK), 0.5, Better.GREATER))
                .isEqualTo(new StepsToReach(OptionalDouble.empty(), 1, 2));
    }

    @Test
    void targetIsTheWorstMedian() {
        List<double[]> finals = List.of(new double[] {1, 2, 9}, new double[] {3, 4, 5});

        assertThat(StepsToReach.target(finals, Better.GREATER)).isEqualTo(2);
        assertThat(StepsToReach.target(finals, Better.LESS)).isEqualTo(4);
    }
}
