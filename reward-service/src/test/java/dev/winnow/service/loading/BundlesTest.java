package dev.winnow.service.loading;

import static dev.winnow.service.loading.TestingBundles.edit;
import static org.assertj.core.api.Assertions.assertThat;

import dev.winnow.service.domain.RewardRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundlesTest {
    @TempDir
    private Path root = Path.of("");

    private Bundles bundles = TestingBundles.open(root);
    private TestingBundles files = new TestingBundles(root);

    @BeforeEach
    void open() {
        bundles = TestingBundles.open(root);
        files = new TestingBundles(root);
    }

    @AfterEach
    void close() {
        bundles.close();
    }

    @Test
    void servesNothingBeforeItHasLoaded() {
        assertThat(bundles.state().loaded()).isFalse();
        assertThat(bundles.catalog().bundles()).isEmpty();
    }

    @Test
    void newestVersionBecomesTheLatest() throws IOException {
        files.add("9");
        files.add("10");
        files.add("2");
        bundles.scan();
        assertThat(bundles.state().loaded()).isTrue();
        assertThat(bundles.state().refused()).isEmpty();
        assertThat(versions()).containsExactly("10", "9", "2");
        assertThat(latest()).isEqualTo("10");
    }

    @Test
    void badVersionIsRefusedAndTheGoodOneServes() throws IOException {
        files.add("1");
        Path bad = files.add("2");
        edit(bad, "model.onnx", text -> text + " ");
        bundles.scan();
        assertThat(versions()).containsExactly("1");
        assertThat(latest()).isEqualTo("1");
        assertThat(bundles.state().refused()).containsOnlyKeys("tiny/2");
        assertThat(bundles.state().refused().get("tiny/2")).startsWith("model.onnx: sha256 ");
    }

    @Test
    void folderOfAnotherNameIsRefusedUnderItsOwn() throws IOException {
        files.addAt(Path.of("small", "1"));
        bundles.scan();
        assertThat(bundles.catalog().bundles()).isEmpty();
        assertThat(bundles.state().refused()).containsOnlyKeys("small/1");
    }

    @Test
    void foldersWithoutManifestAreNoBundles() throws IOException {
        files.add("1");
        Files.createDirectories(root.resolve("tiny").resolve("unfinished"));
        Files.writeString(root.resolve("README.md"), "bundles");
        bundles.scan();
        assertThat(versions()).containsExactly("1");
        assertThat(bundles.state().refused()).isEmpty();
    }

    @Test
    void folderThatIsMissingIsReported() {
        Path absent = root.resolve("absent");
        try (Bundles none = TestingBundles.open(absent)) {
            none.scan();
            assertThat(none.state().loaded()).isTrue();
            assertThat(none.state().refused())
                    .containsOnlyKeys(absent.toString())
                    .containsValue("the bundles folder cannot be read: java.nio.file.NoSuchFileException: " + absent);
        }
    }

    @Test
    void requiredBundlesWithoutVersionAreMissing() throws IOException {
        files.add("1");
        try (Bundles both = new Bundles(root, Set.of("tiny", "other"), Clock.systemUTC(), BundleEvents.NONE)) {
            assertThat(both.state().missing()).containsExactly("other", "tiny");
            both.scan();
            assertThat(both.state().missing()).containsExactly("other");
            assertThat(both.state().ready()).isFalse();
        }
        bundles.scan();
        assertThat(bundles.state().missing()).isEmpty();
        assertThat(bundles.state().ready()).isTrue();
    }

    private List<String> versions() {
        return bundles.catalog().bundles().getOrDefault("tiny", List.of()).stream()
                .map(model -> model.id().version())
                .toList();
    }

    private String latest() {
        RewardRequest request =
                new RewardRequest("quality", Optional.empty(), Optional.empty(), Optional.empty(), false);
        return bundles.catalog()
                .resolve(List.of(request))
                .rewards()
                .getFirst()
                .model()
                .id()
                .version();
    }
}
