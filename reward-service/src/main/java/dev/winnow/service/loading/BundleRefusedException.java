package dev.winnow.service.loading;

/** A bundle that must not serve; the message says why. */
public final class BundleRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BundleRefusedException(String message) {
        super(message);
    }

    BundleRefusedException(String message, Throwable cause) {
        super(message, cause);
    }
}
