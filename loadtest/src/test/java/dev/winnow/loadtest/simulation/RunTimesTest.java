package dev.winnow.loadtest.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunTimesTest {
    @ParameterizedTest
    @CsvSource({"10, 2", "20, 4", "15, 3", "40, 14", "50, 19", "5, 1", "1, 0.2"})
    void isInProportionBetweenWhatWasMeasuredAndOnTheSameLineBeyond(int tokens, double millis) {
        RunTimes times = new RunTimes(Map.of(10, 2.0, 20, 4.0, 30, 9.0));

        assertThat(times.nanos(tokens)).isEqualTo(Math.round(millis * 1e6));
    }

    @Test
    void isNeverZero() {
        assertThat(new RunTimes(Map.of(10, 2.0, 20, 12.0)).nanos(1)).isEqualTo(2_000);
    }

    @Test
    void isScaledToASpeed() {
        RunTimes times = new RunTimes(Map.of(10, 2.0, 20, 4.0)).atSpeed(10_000, 10, 20);

        assertThat(times.nanos(10)).isEqualTo(1_000_000);
        assertThat(times.nanos(15)).isEqualTo(1_500_000);
    }

    @Test
    void refusesWhatIsNoTable() {
        assertThatIllegalArgumentException().isThrownBy(() -> new RunTimes(Map.of(10, 1.0)));
        assertThatIllegalArgumentException().isThrownBy(() -> new RunTimes(Map.of(10, 0.0, 20, 1.0)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RunTimes(Map.of(10, 2.0, 20, 1.0)))
                .withMessage("run times: {10=2.0, 20=1.0} (expected: positive milliseconds that do not fall, at two"
                        + " lengths or more)");
    }
}
