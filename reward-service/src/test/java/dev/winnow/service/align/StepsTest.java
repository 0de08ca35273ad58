package dev.winnow.service.align;

import static dev.winnow.service.domain.TestingFailures.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.winnow.service.domain.Failure;
import dev.winnow.service.domain.Span;
import java.util.List;
import org.junit.jupiter.api.Test;

class StepsTest {
    @Test
    void stepsCoverTheResponse() {
        assertThat(Steps.of(List.of(3, 4, 9), 9)).containsExactly(new Span(0, 3), new Span(3, 4), new Span(4, 9));
    }

    @Test
    void refusesStepsWithoutWidth() {
        assertRefused(
                List.of(3, 3),
                9,
                "segment_ends[1]: 3 (expected: more than 3 and at most 9, the response's code points)");
        assertRefused(
                List.of(0, 9),
                9,
                "segment_ends[0]: 0 (expected: more than 0 and at most 9, the response's code points)");
    }

    @Test
    void refusesStepsPastTheResponse() {
        assertRefused(
                List.of(3, 10),
                9,
                "segment_ends[1]: 10 (expected: more than 3 and at most 9, the response's code points)");
    }

    @Test
    void readsEndsAsUnsigned() {
        assertRefused(
                List.of(-2),
                9,
                "segment_ends[0]: 4294967294 (expected: more than 0 and at most 9, the response's code points)");
    }

    @Test
    void refusesStepsThatStopBeforeTheResponse() {
        assertRefused(List.of(3, 8), 9, "segment_ends: last is 8 (expected: ends up to 9, the response's code points)");
    }

    @Test
    void refusesAbsentSteps() {
        assertRefused(List.of(), 9, "segment_ends: absent (expected: ends up to 9, the response's code points)");
    }

    @Test
    void emptyResponseHasNoSteps() {
        assertThat(Steps.of(List.of(), 0)).isEmpty();
    }

    private static void assertRefused(List<Integer> ends, int length, String message) {
        assertThat(failureOf(() -> Steps.of(ends, length))).isEqualTo(new Failure.InvalidArgument(message));
    }
}
