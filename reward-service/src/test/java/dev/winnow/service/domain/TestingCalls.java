package dev.winnow.service.domain;

import java.time.Duration;
import java.util.Optional;

/** Calls of made-up callers. */
public final class TestingCalls {
    private TestingCalls() {}

    public static Caller caller(String name) {
        return new Caller(name, false);
    }

    public static Call by(String name) {
        return new Call(caller(name), new Lifetime(), Optional.empty());
    }

    public static Call with(Lifetime lifetime) {
        return new Call(caller("caller"), lifetime, Optional.empty());
    }

    public static Call within(Duration timeLeft) {
        return new Call(caller("caller"), new Lifetime(), Optional.of(timeLeft));
    }
}
