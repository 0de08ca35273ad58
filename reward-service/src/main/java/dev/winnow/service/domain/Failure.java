package dev.winnow.service.domain;

import java.time.Duration;

/**
 * Why a sample or a call has no answer. Closed, so that each edge maps it exhaustively to the statuses of its protocol.
 * The message shows the offending and the expected value, and never text of a sample.
 */
public sealed interface Failure {
    String message();

    /** The request is malformed. */
    record InvalidArgument(String message) implements Failure {}

    /** The response is longer than the model allows. */
    record OutOfRange(String message) implements Failure {}

    /** No such reward, density or version. */
    record NotFound(String message) implements Failure {}

    /** The service is not in the state that the request needs. */
    record FailedPrecondition(String message) implements Failure {}

    /** The caller may not ask for this. */
    record PermissionDenied(String message) implements Failure {}

    /** Too much is in flight; the same request may succeed after the delay. */
    record Overloaded(String message, Duration retryAfter) implements Failure {}

    /** The caller's time for the work is over. */
    record DeadlineExceeded(String message) implements Failure {}

    /** The caller does not want the work any more. */
    record Cancelled(String message) implements Failure {}

    /** Nothing can be scored now: no model is loaded yet, or the service is draining. */
    record Unavailable(String message) implements Failure {}

    /** The service or the model failed; the message has an id that is in the log. */
    record Internal(String message) implements Failure {}
}
