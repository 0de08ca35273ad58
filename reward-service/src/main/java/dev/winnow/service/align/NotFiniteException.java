package dev.winnow.service.align;

import dev.winnow.service.domain.Density;

/** A model gave a value that no reward can have. */
public final class NotFiniteException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotFiniteException(String reward, Density density, double value) {
        super("%s at %s: %s (expected: a finite value)".formatted(reward, density, value));
    }
}
