package dev.winnow.service.admission;

import dev.winnow.service.domain.Throughput;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How much may be in flight: bytes, which bound memory, and tokens, which bound time. By Little's law what is in flight is
 * done after its size over the throughput, so the limit of tokens is the throughput times the delay that is wanted; it
 * follows the throughput as that is measured.
 *
 * @param maximumBytes most bytes of samples in flight
 * @param targetDelay longest that an admitted sample should wait
 */
public record Limits(long maximumBytes, Duration targetDelay, Throughput throughput) {
    private static final Duration SHORTEST_RETRY = Duration.ofMillis(50);
    private static final Duration LONGEST_RETRY = Duration.ofSeconds(30);

    public Limits {
        if (maximumBytes < 1) {
            throw new IllegalArgumentException("maximumBytes: %d (expected: >= 1)".formatted(maximumBytes));
        }
        if (!targetDelay.isPositive()) {
            throw new IllegalArgumentException("targetDelay: %s (expected: > 0)".formatted(targetDelay));
        }
    }

    /** Most tokens in flight for work that must be done in time; any number before the throughput was measured. */
    long tokens(Optional<Duration> timeLeft) {
        // Half of the time is kept: the throughput is an estimate, and the answer must travel back.
        Duration delay = timeLeft.map(time -> time.dividedBy(2))
                .filter(time -> time.compareTo(targetDelay) < 0)
                .orElse(targetDelay);
        return doneWithin(Optional.of(delay));
    }

    /** Tokens that are done within a time; any number without a time limit, or before the throughput was measured. */
    long doneWithin(Optional<Duration> time) {
        OptionalDouble rate = throughput.tokensPerSecond();
        return rate.isPresent() && time.isPresent()
                ? Math.max(1, (long) (rate.getAsDouble() * seconds(time.get())))
                : Long.MAX_VALUE;
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
