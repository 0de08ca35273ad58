package dev.winnow.service.model;

import dev.winnow.service.domain.TestingResources;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;

/** The manifest of the tiny bundle. */
public final class TestingManifests {
    private TestingManifests() {}

    public static String tinyText() {
        try {
            return Files.readString(TestingResources.tinyBundle().resolve("reward-model.yaml"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Manifest tiny() {
        return new ManifestReader().read(tinyText());
    }

    /** The tiny manifest's text with one part replaced, which must be there. */
    public static String tinyWith(String part, String replacement) {
        String text = tinyText();
        if (!text.contains(part)) {
            throw new IllegalArgumentException("part: %s (expected: in the tiny manifest)".formatted(part));
        }
        return text.replace(part, replacement);
    }
}
