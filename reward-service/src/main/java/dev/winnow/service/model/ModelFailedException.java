package dev.winnow.service.model;

/** The runtime could not run a model. */
public final class ModelFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ModelFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
