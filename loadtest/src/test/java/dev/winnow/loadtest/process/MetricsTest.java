package dev.winnow.loadtest.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;

class MetricsTest {
    @Test
    void addsUpOverLabels() {
        Metrics metrics = Metrics.parse("""
            # HELP runs_total of models
            runs_total{model="a, b"} 2.0
            runs_total{model="c"} 3.5E1
            runs_total_other 100
            idle 7
            """);

        assertThat(metrics.sum("runs_total")).isEqualTo(37);
        assertThat(metrics.sum("runs_total", "model=\"c\"")).isEqualTo(35);
        assertThat(metrics.sum("idle")).isEqualTo(7);
        assertThat(metrics.sum("runs_total", "model=\"unknown\"")).isZero();
        assertThatIllegalStateException()
                .isThrownBy(() -> metrics.sum("unknown"))
                .withMessage("metrics: no unknown (expected: at least one figure of it)");
    }
}
