package dev.winnow.service.model;

/** A manifest that does not follow {@code docs/reward-bundle.md}; the message names the place in the file. */
public final class InvalidManifestException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public InvalidManifestException(String message) {
        super(message);
    }
}
