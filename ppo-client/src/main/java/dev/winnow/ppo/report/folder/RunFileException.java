package dev.winnow.ppo.report.folder;

import java.io.IOException;
import java.io.Serial;
import java.nio.file.Path;

/** A file of a run's folder does not hold what it should. */
public final class RunFileException extends IOException {
    @Serial
    private static final long serialVersionUID = 1;

    /** Names the file, what was found, and what was expected. */
    public RunFileException(Path file, String found, String expected) {
        super("%s: %s (expected: %s)".formatted(file, found, expected));
    }

    /** Names a line too, from 1. */
    RunFileException(Path file, long line, String problem) {
        super("%s: line %d: %s".formatted(file, line, problem));
    }
}
