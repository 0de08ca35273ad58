package dev.winnow.service.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SampleTest {
    @Test
    void keepsItsOwnCopyOfEveryList() {
        List<String> context = new ArrayList<>(List.of("passage"));
        List<Integer> ends = new ArrayList<>(List.of(1));
        List<Integer> steps = new ArrayList<>(List.of(2));
        Sample sample = new Sample(
                "id", new Prompt.None(), context, Text.of("r"), Optional.of(ends), steps, Optional.empty(), 1);
        context.clear();
        ends.clear();
        steps.clear();
        assertThat(sample.context()).containsExactly("passage");
        assertThat(sample.tokens()).contains(List.of(1));
        assertThat(sample.segmentEnds()).containsExactly(2);
    }

    @Test
    void failureExceptionShowsTheFailuresMessageAndHasNoStackTrace() {
        FailureException exception = FailureException.invalidArgument("ends: %d (expected: %d)", 3, 4);
        assertThat(exception).hasMessage("ends: 3 (expected: 4)");
        assertThat(exception.getStackTrace()).isEmpty();
        assertThat(exception.failure()).isEqualTo(new Failure.InvalidArgument("ends: 3 (expected: 4)"));
    }

    @Test
    void modelIdReadsAsBundleAndVersion() {
        assertThat(new ModelId("tiny", "1.2", "sha256:00")).hasToString("tiny/1.2");
    }
}
