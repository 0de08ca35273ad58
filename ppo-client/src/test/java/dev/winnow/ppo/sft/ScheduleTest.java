package dev.winnow.ppo.sft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.winnow.ppo.sft.Schedule.Decay;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class ScheduleTest {
    private static final Offset<Double> EXACT = within(1e-12);

    @Test
    void growsAndThenFallsInEqualParts() {
        Schedule schedule = new Schedule(0.8, 4, Decay.LINEAR, 8);

        assertThat(schedule.learningRate(0)).isCloseTo(0.2, EXACT);
        assertThat(schedule.learningRate(3)).isCloseTo(0.8, EXACT);
        assertThat(schedule.learningRate(4)).isCloseTo(0.8, EXACT);
        assertThat(schedule.learningRate(6)).isCloseTo(0.4, EXACT);
        assertThat(schedule.learningRate(8)).isZero();
        assertThat(schedule.learningRate(9)).isZero();
    }

    @Test
    void fallsAlongTheCosine() {
        Schedule schedule = new Schedule(2, 0, Decay.COSINE, 6);

        assertThat(schedule.learningRate(0)).isCloseTo(2, EXACT);
        assertThat(schedule.learningRate(2)).isCloseTo(1.5, EXACT);
        assertThat(schedule.learningRate(3)).isCloseTo(1, EXACT);
        assertThat(schedule.learningRate(7)).isCloseTo(0, EXACT);
    }

    @Test
    void staysWhereThereIsNoDecay() {
        assertThat(new Schedule(2, 1, Decay.COSINE, 0).learningRate(1_000_000)).isEqualTo(2);
    }

    @Test
    void refusesWhatIsOutOfRange() {
        assertThatThrownBy(() -> new Schedule(0, 1, Decay.COSINE, 0))
                .hasMessage("optimizer.learning_rate: 0.0 (expected: above 0)");
        assertThatThrownBy(() -> new Schedule(1, -1, Decay.COSINE, 0))
                .hasMessage("optimizer.warm_up_steps: -1 (expected: 0 or above)");
        assertThatThrownBy(() -> new Schedule(1, 5, Decay.COSINE, 5))
                .hasMessage("optimizer.decay_steps: 5 (expected: 0, or above the 5 of the warm-up)");
    }
}
