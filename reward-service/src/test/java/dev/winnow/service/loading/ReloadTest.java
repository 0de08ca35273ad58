package dev.winnow.service.loading;

import static dev.winnow.service.loading.TestingBundles.edit;
import static org.assertj.core.api.Assertions.assertThat;

import dev.winnow.service.loading.BundleVersion.Status;
import dev.winnow.service.pipeline.RewardModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Versions come, change and go while the service runs. */
class ReloadTest {
    @TempDir
    private Path temporary = Path.of("");

    private final List<String> attempts = new ArrayList<>();
    private Path root = Path.of("");
    private TestingBundles files = new TestingBundles(root);
    private Bundles bundles = TestingBundles.open(root);

    @BeforeEach
    void serveTheFirstVersion() throws IOException {
        root = Files.createDirectories(temporary.resolve("bundles"));
        files = new TestingBundles(root);
        files.add("1");
        bundles = open(Set.of());
        bundles.scan();
        attempts.clear();
    }

    @AfterEach
    void close() {
        bundles.close();
    }

    @Test
    void newVersionBecomesTheLatestAndTheOldOneStays() throws IOException {
        files.add("2");
        bundles.scan();
        assertThat(versions()).containsExactly("2", "1");
    }

    @Test
    void whatDoesNotChangeIsNotTriedAgain() throws IOException {
        edit(files.add("2"), "model.onnx", text -> text + " ");
        bundles.scan();
        bundles.scan();
        bundles.scan();
        assertThat(attempts).containsExactly("refused");
    }

    @Test
    void halfWrittenBundleIsRefusedUntilItIsWhole() throws IOException {
        Path whole = files.add("2");
        byte[] model = Files.readAllBytes(whole.resolve("model.onnx"));
        for (int written = 0; written < model.length; written += model.length / 2) {
            Files.write(whole.resolve("model.onnx"), Arrays.copyOf(model, written));
            bundles.scan();
            assertThat(version("2").status()).isEqualTo(Status.REFUSED);
            assertThat(version("2").reason()).startsWith("model.onnx: sha256 ");
            assertThat(versions()).containsExactly("1");
        }
        Files.write(whole.resolve("model.onnx"), model);
        bundles.scan();
        assertThat(versions()).containsExactly("2", "1");
        assertThat(version("2").reason()).isEmpty();
    }

    @Test
    void manifestThatArrivesLastIsNoBundleBefore() throws IOException {
        Path whole = files.add("2");
        Path aside = temporary.resolve("manifest");
        Files.move(whole.resolve("reward-model.yaml"), aside);
        bundles.scan();
        assertThat(bundles.state().versions()).extracting(BundleVersion::folder).containsExactly("tiny/1");
        Files.move(aside, whole.resolve("reward-model.yaml"));
        bundles.scan();
        assertThat(versions()).containsExactly("2", "1");
    }

    @Test
    void goneFolderUnloadsItsVersionUnlessItComesBackAtOnce() throws IOException {
        Path second = files.add("2");
        bundles.scan();
        RewardModel latest = latest();
        Path aside = temporary.resolve("aside");
        Files.move(second, aside);
        bundles.scan();
        assertThat(versions()).containsExactly("2", "1");
        Files.move(aside, second);
        bundles.scan();
        Files.move(second, aside);
        bundles.scan();
        assertThat(versions()).containsExactly("2", "1");
        bundles.scan();
        assertThat(versions()).containsExactly("1");
        assertThat(latest.isFreed()).isTrue();
        assertThat(bundles.state().versions()).extracting(BundleVersion::folder).contains("tiny/1");
    }

    @Test
    void changedManifestReplacesItsVersionAfterProof() throws IOException {
        RewardModel before = latest();
        Path folder = root.resolve("tiny/1");
        edit(folder, "reward-model.yaml", text -> text + "# mended\n");
        bundles.scan();
        assertThat(versions()).containsExactly("1");
        assertThat(latest().id().digest()).isNotEqualTo(before.id().digest());
        assertThat(before.isFreed()).isTrue();
    }

    @Test
    void badReplacementLeavesTheProvenOneServing() throws IOException {
        RewardModel before = latest();
        Path folder = root.resolve("tiny/1");
        edit(folder, "reward-model.yaml", text -> text.replace("link: linear", "link: cubic"));
        bundles.scan();
        assertThat(latest()).isSameAs(before);
        assertThat(version("1").status()).isEqualTo(Status.SERVING);
        assertThat(version("1").reason()).startsWith("reward-model.yaml: rewards.quality.link: cubic");
        edit(folder, "reward-model.yaml", text -> text.replace("link: cubic", "link: linear"));
        bundles.scan();
        assertThat(latest()).isSameAs(before);
        assertThat(version("1").reason()).isEmpty();
    }

    @Test
    void touchedFilesAreCheckedAndNotLoadedAgain() throws IOException {
        RewardModel before = latest();
        Files.setLastModifiedTime(root.resolve("tiny/1/model.onnx"), FileTime.fromMillis(0));
        bundles.scan();
        assertThat(latest()).isSameAs(before);
        assertThat(attempts).isEmpty();
    }

    @Test
    void folderThatCannotBeReadUnloadsNothing() throws IOException {
        Path aside = temporary.resolve("aside");
        Files.move(root, aside);
        bundles.scan();
        bundles.scan();
        assertThat(versions()).containsExactly("1");
        assertThat(bundles.state().refused()).containsOnlyKeys(root.toString());
        Files.move(aside, root);
        bundles.scan();
        assertThat(versions()).containsExactly("1");
        assertThat(bundles.state().refused()).isEmpty();
    }

    @Test
    void lastVersionOfARequiredBundleOutlivesItsFolder() throws IOException {
        bundles.close();
        bundles = open(Set.of("tiny"));
        files.addOther("tiny-int8");
        bundles.scan();
        Path aside = temporary.resolve("aside");
        Files.move(root.resolve("tiny/1"), aside);
        bundles.scan();
        bundles.scan();
        bundles.scan();
        assertThat(versions()).containsExactly("1");
        assertThat(version("1").reason()).startsWith("folder: gone ");
        Files.move(aside, root.resolve("tiny/1"));
        bundles.scan();
        assertThat(version("1").reason()).isEmpty();
    }

    @Test
    void readyStaysSoWhenABundleThatIsNotRequiredGoes() throws IOException {
        files.addOther("tiny-int8");
        bundles.scan();
        try (Stream<Path> entries = Files.list(root.resolve("tiny-int8/1"))) {
            for (Path file : entries.toList()) {
                Files.delete(file);
            }
        }
        bundles.scan();
        bundles.scan();
        assertThat(bundles.catalog().bundles()).containsOnlyKeys("tiny");
        assertThat(bundles.state().ready()).isTrue();
    }

    @Test
    void circularAndBrokenLinksAreReportedAndTheOthersServe() throws IOException {
        files.add("2");
        Files.createSymbolicLink(root.resolve("tiny/up"), root);
        Files.createSymbolicLink(root.resolve("loop"), Path.of("loop"));
        Files.createSymbolicLink(root.resolve("tiny/nowhere"), Path.of("absent"));
        bundles.scan();
        assertThat(versions()).containsExactly("2", "1");
        assertThat(bundles.state().refused()).containsOnlyKeys("loop", "tiny/nowhere", "tiny/up");
        assertThat(bundles.state().refused().get("tiny/up")).isEqualTo("circular symbolic link to " + root);
    }

    @Test
    void hiddenFoldersAreNotLookedAt() throws IOException {
        files.addAt(Path.of(".incoming", "1"));
        files.addAt(Path.of("tiny", ".3"));
        bundles.scan();
        assertThat(bundles.state().versions()).extracting(BundleVersion::folder).containsExactly("tiny/1");
    }

    @Test
    void linkThatIsSwappedToAnotherFolderIsSeen() throws IOException {
        Path first = files.add("2");
        Path stored = Files.createDirectories(temporary.resolve("stored"));
        Files.move(first, stored.resolve("a"));
        Path link = Files.createSymbolicLink(root.resolve("tiny/2"), stored.resolve("a"));
        bundles.scan();
        String before = latest().id().digest();
        Path second = files.add("3");
        edit(second, "reward-model.yaml", text -> text.replace("version: '3'", "version: '2'"));
        Files.move(second, stored.resolve("b"));
        edit(stored.resolve("b"), "reward-model.yaml", text -> text + "# another\n");
        Files.delete(link);
        Files.createSymbolicLink(link, stored.resolve("b"));
        bundles.scan();
        assertThat(versions()).containsExactly("2", "1");
        assertThat(latest().id().digest()).isNotEqualTo(before);
    }

    private Bundles open(Set<String> required) {
        return new Bundles(root, required, Clock.systemUTC(), new BundleEvents() {
            @Override
            public void loaded(String bundle, Duration took) {
                attempts.add("loaded");
            }

            @Override
            public void refused(String bundle, Duration took) {
                attempts.add("refused");
            }

            @Override
            public void changed(BundlesState state) {}
        });
    }

    private List<String> versions() {
        return bundles.catalog().bundles().getOrDefault("tiny", List.of()).stream()
                .map(model -> model.id().version())
                .toList();
    }

    private RewardModel latest() {
        return bundles.catalog().bundles().getOrDefault("tiny", List.of()).getFirst();
    }

    private BundleVersion version(String version) {
        return bundles.state().versions().stream()
                .filter(candidate -> candidate.folder().equals("tiny/" + version))
                .findFirst()
                .orElseThrow();
    }
}
