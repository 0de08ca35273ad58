package dev.winnow.service.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ThroughputTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final Throughput throughput = new Throughput(2);

    @Test
    void isUnknownBeforeAnythingRan() {
        assertThat(throughput.tokensPerSecond()).isEmpty();
    }

    @Test
    void isThatOfAllWorkers() {
        throughput.ran(100, SECOND / 10);
        assertThat(throughput.tokensPerSecond()).hasValue(2_000);
    }

    @Test
    void weighsRunsByTheirTimeAndForgetsOldOnes() {
        throughput.ran(1_000, SECOND);
        throughput.ran(4_000, SECOND);
        // The first second counts for exp(-0.1): 2 * (904.8374 + 4000) / 1.9048374
        assertThat(throughput.tokensPerSecond().orElseThrow()).isCloseTo(5_149.87, within(0.01));
    }

    @Test
    void followsAModelThatGetsSlower() {
        for (int run = 0; run < 100; run++) {
            throughput.ran(10_000, SECOND);
        }
        for (int run = 0; run < 100; run++) {
            throughput.ran(1_000, SECOND);
        }
        assertThat(throughput.tokensPerSecond().orElseThrow()).isCloseTo(2_000, within(2.0));
    }
}
