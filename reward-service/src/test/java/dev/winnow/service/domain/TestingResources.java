package dev.winnow.service.domain;

import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;

/** Files under {@code src/test/resources}. */
public final class TestingResources {
    private TestingResources() {}

    public static Path tinyBundle() {
        return bundle("tiny");
    }

    /** Version 1 of a bundle that {@code winnow_models} writes for tests. */
    public static Path bundle(String name) {
        return path("/bundles/%s/1".formatted(name));
    }

    public static Path byteLevelBpe() {
        return path("/tokenizers/byte-level-bpe/tokenizer.json");
    }

    private static Path path(String name) {
        URL resource = TestingResources.class.getResource(name);
        if (resource == null) {
            throw new IllegalArgumentException("resource: %s is missing".formatted(name));
        }
        try {
            return Path.of(resource.toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
