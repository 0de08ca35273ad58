package dev.winnow.ppo.config;

import java.io.Serial;

/** A configuration that cannot be used. The message names its file, the key, what was found and what was expected. */
public final class ConfigurationException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    ConfigurationException(String origin, String message) {
        super(origin + ": " + message);
    }

    ConfigurationException(String origin, String key, String found, String expected) {
        this(origin, "%s: %s (expected: %s)".formatted(key, found, expected));
    }
}
