package dev.winnow.service.loading;

import dev.winnow.service.domain.TestingResources;
import dev.winnow.service.pipeline.RewardModel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Copies of the tiny bundles that a test may tamper with. */
final class TestingBundles {
    private final Path root;

    TestingBundles(Path root) {
        this.root = root;
    }

    /** The bundles of a folder, of which none is required. */
    static Bundles open(Path root) {
        return new Bundles(root, Set.of(), Clock.systemUTC(), BundleEvents.NONE);
    }

    /** Opens and proves the bundle in one folder. */
    static RewardModel load(Path folder) {
        return new BundleLoader().load(folder, digest -> true).orElseThrow();
    }

    /** A good bundle under {@code tiny/<version>}. */
    Path add(String version) throws IOException {
        Path folder = addAt(Path.of("tiny", version));
        edit(folder, "reward-model.yaml", text -> text.replace("version: '1'", "version: '" + version + "'"));
        return folder;
    }

    /** Another of the bundles that are made for tests, as it is. */
    Path addOther(String name) throws IOException {
        return copy(TestingResources.bundle(name), Path.of(name, "1"));
    }

    /** The tiny bundle as it is, in any folder under the root. */
    Path addAt(Path relative) throws IOException {
        return copy(TestingResources.tinyBundle(), relative);
    }

    private Path copy(Path bundle, Path relative) throws IOException {
        Path folder = Files.createDirectories(root.resolve(relative));
        try (Stream<Path> files = Files.list(bundle)) {
            for (Path file : files.toList()) {
                Files.copy(file, folder.resolve(file.getFileName().toString()));
            }
        }
        return folder;
    }

    /** Changes a file's text, which must change, and leaves its hash in the manifest as it was. */
    static void edit(Path folder, String file, UnaryOperator<String> change) throws IOException {
        String text = Files.readString(folder.resolve(file), StandardCharsets.ISO_8859_1);
        String changed = change.apply(text);
        Files.writeString(folder.resolve(file), changed, StandardCharsets.ISO_8859_1);
    }

    /** Changes a file's text and sets its hash in the manifest to match. */
    static void editProven(Path folder, String file, UnaryOperator<String> change) throws IOException {
        String before = Sha256.of(folder.resolve(file));
        edit(folder, file, change);
        String after = Sha256.of(folder.resolve(file));
        if (after.equals(before)) {
            throw new IllegalArgumentException(file + " did not change");
        }
        edit(folder, "reward-model.yaml", text -> text.replace(before, after));
    }
}
