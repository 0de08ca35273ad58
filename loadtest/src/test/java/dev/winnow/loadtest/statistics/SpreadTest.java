package dev.winnow.loadtest.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpreadTest {
    @Test
    void summarisesByTheMiddleAndTheEnds() {
        assertThat(Spread.of(3, 1, 2)).isEqualTo(new Spread(2, 1, 3, 3));
        assertThat(Spread.of(List.of(4.0, 1.0, 2.0, 3.0))).isEqualTo(new Spread(2.5, 1, 4, 4));
        assertThat(Spread.of(7)).isEqualTo(new Spread(7, 7, 7, 1));
    }

    @Test
    void refusesWhatHasNoMiddle() {
        assertThatIllegalArgumentException().isThrownBy(Spread::of).withMessageContaining("0 (expected: >= 1)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Spread.of(1, Double.NaN))
                .withMessageContaining("finite");
    }
}
