package dev.winnow.service.domain;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Gets at the failure that code ends with. */
public final class TestingFailures {
    private TestingFailures() {}

    public static Failure failureOf(ThrowingCallable code) {
        FailureException exception = catchThrowableOfType(FailureException.class, code);
        if (exception == null) {
            throw new AssertionError("nothing was thrown (expected: FailureException)");
        }
        return exception.failure();
    }
}
