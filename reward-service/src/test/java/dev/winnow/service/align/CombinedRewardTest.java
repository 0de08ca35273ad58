package dev.winnow.service.align;

import static dev.winnow.service.domain.TestingFailures.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.winnow.service.domain.Failure;
import java.util.List;
import org.junit.jupiter.api.Test;

class CombinedRewardTest {
    @Test
    void tokensWithoutValueHaveNoReward() {
        assertThat(new CombinedReward(3).perToken()).containsExactly(0f, 0f, 0f);
    }

    @Test
    void sumsWeightedValuesOfAllRewards() {
        CombinedReward combined = new CombinedReward(3);
        combined.add(0.5f, List.of(2f, 4f), List.of(0, 2));
        combined.add(-1f, List.of(3f), List.of(2));
        assertThat(combined.perToken()).containsExactly(1f, 0f, -1f);
    }

    @Test
    void sumsValuesOfOneRewardThatMeetOnOneToken() {
        CombinedReward combined = new CombinedReward(2);
        combined.add(2f, List.of(1f, 0.25f, 3f), List.of(1, 1, 1));
        assertThat(combined.perToken()).containsExactly(0f, 8.5f);
    }

    @Test
    void sumsInDoublePrecision() {
        CombinedReward combined = new CombinedReward(1);
        combined.add(1f, List.of(16_777_216f, 1f, 1f), List.of(0, 0, 0));
        assertThat(combined.perToken()).containsExactly(16_777_218f);
    }

    @Test
    void largeTermsMayCancelOut() {
        CombinedReward combined = new CombinedReward(1);
        combined.add(3e38f, List.of(10f), List.of(0));
        combined.add(-3e38f, List.of(10f), List.of(0));
        assertThat(combined.perToken()).containsExactly(0f);
    }

    @Test
    void sumPastTheRangeOfAFloatIsAnError() {
        CombinedReward combined = new CombinedReward(2);
        combined.add(1e30f, List.of(1e10f), List.of(1));
        assertThat(failureOf(combined::perToken))
                .isInstanceOfSatisfying(
                        Failure.InvalidArgument.class,
                        failure -> assertThat(failure.message())
                                .startsWith("weights: combined reward 1.0000000")
                                .endsWith("E40 (expected: a finite float)"));
    }
}
