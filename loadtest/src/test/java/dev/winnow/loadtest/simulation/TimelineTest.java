package dev.winnow.loadtest.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimelineTest {
    private final Timeline timeline = new Timeline();
    private final List<String> happened = new ArrayList<>();

    @Test
    void eventsComeInTheOrderOfTheirTimesAndThenOfTheirPlanning() {
        plan(20, "late");
        plan(10, "first of two");
        plan(10, "second of two");
        timeline.after(10, () -> plan(5, "planned by another"));

        timeline.run();

        assertThat(happened).containsExactly("10 first of two", "10 second of two", "15 planned by another", "20 late");
        assertThat(timeline.now()).isEqualTo(20);
    }

    @Test
    void refusesThePast() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> timeline.after(-1, () -> {}))
                .withMessage("nanos: -1 (expected: >= 0)");
    }

    private void plan(long nanos, String what) {
        timeline.after(nanos, () -> happened.add(timeline.now() + " " + what));
    }
}
