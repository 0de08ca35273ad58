package dev.winnow.ppo.tensor;

import java.io.IOException;
import java.io.Serial;
import java.nio.file.Path;

/** A file of a model that is not what it must be. The message names the file, the key, and what was expected. */
public final class ModelFileException extends IOException {
    @Serial
    private static final long serialVersionUID = 1;

    public ModelFileException(Path file, String key, String found, String expected) {
        super("%s: %s: %s (expected: %s)".formatted(file, key, found, expected));
    }

    public ModelFileException(Path file, String found, String expected) {
        super("%s: %s (expected: %s)".formatted(file, found, expected));
    }
}
