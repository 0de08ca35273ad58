package dev.winnow.service.domain;

/** Carries a {@link Failure} out of nested calls. An answer to a caller, not a fault: it has no stack trace. */
public final class FailureException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Failure failure;

    public FailureException(Failure failure) {
        super(failure.message(), null, false, false);
        this.failure = failure;
    }

    public static FailureException invalidArgument(String format, Object... arguments) {
        return new FailureException(new Failure.InvalidArgument(format.formatted(arguments)));
    }

    public Failure failure() {
        return failure;
    }
}
