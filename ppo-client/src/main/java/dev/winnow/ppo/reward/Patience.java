package dev.winnow.ppo.reward;

import dev.failsafe.RetryPolicyBuilder;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/** For how long what failed is tried again, and how often that happened. Thread-safe. */
public final class Patience {
    private final Optional<Duration> duration;
    private final LongAdder retries = new LongAdder();
    private volatile boolean over;

    private Patience(Optional<Duration> duration) {
        this.duration = duration;
    }

    /** Returns the patience of somebody who watches: a few tries, within some seconds. */
    public static Patience ofFewTries() {
        return new Patience(Optional.empty());
    }

    /**
     * Returns the patience of a long run.
     *
     * @param duration at least a second
     */
    public static Patience of(Duration duration) {
        return new Patience(Optional.of(duration));
    }

    /** Lets what fails from now on not be tried again. */
    public void end() {
        over = true;
    }

    /** Returns how often something was tried again so far. */
    public long retries() {
        return retries.sum();
    }

    /**
     * Gives a policy its limits.
     *
     * @param tries how many a few are
     */
    <T> RetryPolicyBuilder<T> limit(RetryPolicyBuilder<T> policy, int tries) {
        duration.ifPresentOrElse(
                longest -> policy.withMaxAttempts(-1).withMaxDuration(longest), () -> policy.withMaxAttempts(tries));
        return policy.abortIf((answer, failure) -> over).onRetry(event -> retries.increment());
    }
}
