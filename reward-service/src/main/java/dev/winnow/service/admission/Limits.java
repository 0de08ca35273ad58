package dev.winnow.service.admission;

import dev.winnow.service.domain.Throughput;
import java.time.Duration;
import java.util.Optional;

/**
 * How much may be in flight, in tokens. By Little's law what is in flight is done after its size over the throughput, so
 * the limit is the throughput times the delay that is wanted; it follows the throughput as that is measured.
 *
 * @param maximum most in flight in all, whatever the throughput: it bounds memory
 * @param targetDelay longest that an admitted sample should wait
 */
public record Limits(long maximum, Duration targetDelay, Throughput throughput) {
    private static final Duration SHORTEST_RETRY = Duration.ofMillis(50);
    private static final Duration LONGEST_RETRY = Duration.ofSeconds(30);

    public Limits {
        if (maximum < 1) {
            throw new IllegalArgumentException("maximum: %d (expected: >= 1)".formatted(maximum));
        }
        if (!targetDelay.isPositive()) {
            throw new IllegalArgumentException("targetDelay: %s (expected: > 0)".formatted(targetDelay));
        }
    }

    /** Most in flight for work that must be done in time. The maximum before anything was measured. */
    long inFlight(Optional<Duration> timeLeft) {
        // Half of the time is kept: the throughput is an estimate, and the answer must travel back.
        Duration delay = timeLeft.map(time -> time.dividedBy(2))
                .filter(time -> time.compareTo(targetDelay) < 0)
                .orElse(targetDelay);
        return throughput.tokensPerSecond().stream()
                .mapToLong(rate -> (long) (rate * seconds(delay)))
                .map(tokens -> Math.clamp(tokens, 1, maximum))
                .findFirst()
                .orElse(maximum);
    }

    /** When so many tokens will have been done. */
    Duration timeFor(long tokens) {
        double rate = throughput.tokensPerSecond().orElse(Double.POSITIVE_INFINITY);
        Duration time =
                Duration.ofNanos((long) (tokens / rate * Duration.ofSeconds(1).toNanos()));
        return time.compareTo(SHORTEST_RETRY) < 0
                ? SHORTEST_RETRY
                : time.compareTo(LONGEST_RETRY) > 0 ? LONGEST_RETRY : time;
    }

    private static double seconds(Duration duration) {
        return (double) duration.toNanos() / Duration.ofSeconds(1).toNanos();
    }
}
