package dev.winnow.ppo.reward.retry;

import java.time.Duration;

/**
 * What it has taken to get answers, so far. Immutable.
 *
 * @param retries tries after a first one: of a sample in a stream, of a call else
 * @param refusals tries that a server refused as too busy
 * @param interruptions times that an answer was kept back by failures other than refusals; those that overlap are one
 * @param interrupted the length of all interruptions, from the first failure to the last answer that it kept back
 */
public record RetryStatistics(long retries, long refusals, long interruptions, Duration interrupted) {
    /** Where nothing was ever tried again. */
    public static final RetryStatistics NONE = new RetryStatistics(0, 0, 0, Duration.ZERO);

    /** Returns what was added since. */
    public RetryStatistics since(RetryStatistics earlier) {
        return new RetryStatistics(
                retries - earlier.retries,
                refusals - earlier.refusals,
                interruptions - earlier.interruptions,
                interrupted.minus(earlier.interrupted));
    }
}
