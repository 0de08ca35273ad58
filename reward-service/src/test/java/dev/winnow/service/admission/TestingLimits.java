package dev.winnow.service.admission;

import dev.winnow.service.domain.Throughput;
import java.time.Duration;

/** Limits that a test sets. */
public final class TestingLimits {
    private TestingLimits() {}

    /** Nothing was measured: only bytes count, and what is refused may come again after 50 ms. */
    public static Limits most(long bytes) {
        return new Limits(bytes, Duration.ofSeconds(10), new Throughput(1));
    }

    /** At most 1,000 bytes; one worker does 10 tokens a second. */
    static Limits tenTokensASecond(Duration targetDelay) {
        Throughput throughput = new Throughput(1);
        throughput.ran(10, Duration.ofSeconds(1).toNanos());
        return new Limits(1_000, targetDelay, throughput);
    }
}
