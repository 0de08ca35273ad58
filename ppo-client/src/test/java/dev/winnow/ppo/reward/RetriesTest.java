package dev.winnow.ppo.reward;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetriesTest {
    @ParameterizedTest
    @CsvSource({"100, 1, 0, 100", "100, 1, 0.5, 125", "100, 2, 0.5, 150", "100, 10, 0, 100", "1, 1, 0.9, 1"})
    void neverComesBackEarlierThanAsked(long asked, int tries, double random, long waited) {
        assertThat(Retries.withJitter(asked, tries, random)).isEqualTo(Duration.ofMillis(waited));
    }
}
