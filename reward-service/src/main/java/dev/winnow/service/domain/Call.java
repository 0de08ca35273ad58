package dev.winnow.service.domain;

import java.time.Duration;
import java.util.Optional;

/**
 * On whose behalf work is done, and for how long it is of use.
 *
 * @param timeLeft from the arrival of the call to its deadline, if it has one
 */
public record Call(Caller caller, Lifetime lifetime, Optional<Duration> timeLeft) {
    /** The service's own work, which never ends. */
    public static Call unbounded() {
        return new Call(Caller.SELF, new Lifetime(), Optional.empty());
    }

    /** The same call with another lifetime. */
    public Call with(Lifetime other) {
        return new Call(caller, other, timeLeft);
    }
}
