package dev.winnow.service.loading;

import static dev.winnow.service.domain.TestingFailures.failureOf;
import static dev.winnow.service.loading.TestingBundles.edit;
import static org.assertj.core.api.Assertions.assertThat;

import dev.winnow.service.domain.Failure;
import dev.winnow.service.loading.BundleVersion.Status;
import dev.winnow.service.pipeline.RewardModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Versions go and come back on request. */
class UnloadTest {
    @TempDir
    private Path root = Path.of("");

    private Bundles bundles = TestingBundles.open(root);
    private TestingBundles files = new TestingBundles(root);

    @BeforeEach
    void serveTwoVersions() throws IOException {
        files = new TestingBundles(root);
        files.add("1");
        files.add("2");
        bundles = TestingBundles.open(root);
        bundles.scan();
    }

    @AfterEach
    void close() {
        bundles.close();
    }

    @Test
    void unloadingTheNewestRollsBackToTheOneBefore() {
        RewardModel newest =
                bundles.catalog().bundles().getOrDefault("tiny", List.of()).getFirst();
        BundleVersion unloaded = bundles.unload("tiny/2", false);
        assertThat(unloaded.status()).isEqualTo(Status.UNLOADED);
        assertThat(unloaded.digest()).isEqualTo(newest.id().digest());
        assertThat(newest.isFreed()).isTrue();
        assertThat(versions()).containsExactly("1");
    }

    @Test
    void unloadedStaysSoWhileItsManifestIsTheSame() throws IOException {
        bundles.unload("tiny/2", false);
        bundles.scan();
        Files.setLastModifiedTime(root.resolve("tiny/2/reward-model.yaml"), FileTime.fromMillis(0));
        bundles.scan();
        assertThat(versions()).containsExactly("1");
        edit(root.resolve("tiny/2"), "reward-model.yaml", text -> text + "# mended\n");
        bundles.scan();
        assertThat(versions()).containsExactly("2", "1");
    }

    @Test
    void unloadedComesBackOnRequest() {
        bundles.unload("tiny/2", false);
        assertThat(bundles.load("tiny/2").status()).isEqualTo(Status.SERVING);
        assertThat(versions()).containsExactly("2", "1");
    }

    @Test
    void requestLoadsWhatNoScanHasSeen() throws IOException {
        files.add("3");
        assertThat(bundles.load("tiny/3").status()).isEqualTo(Status.SERVING);
        assertThat(versions()).containsExactly("3", "2", "1");
    }

    @Test
    void requestTriesWhatWasRefusedAgainAndSaysWhy() throws IOException {
        edit(files.add("3"), "model.onnx", text -> text + " ");
        bundles.scan();
        BundleVersion refused = bundles.load("tiny/3");
        assertThat(refused.status()).isEqualTo(Status.REFUSED);
        assertThat(refused.reason()).startsWith("model.onnx: sha256 ");
    }

    @Test
    void loadingWhatServesChangesNothing() {
        RewardModel before =
                bundles.catalog().bundles().getOrDefault("tiny", List.of()).getFirst();
        assertThat(bundles.load("tiny/2").model()).containsSame(before);
    }

    @Test
    void unknownVersionIsNotFound() {
        Failure expected = new Failure.NotFound("version: tiny/9 (expected: one of [tiny/1, tiny/2])");
        assertThat(failureOf(() -> bundles.load("tiny/9"))).isEqualTo(expected);
        assertThat(failureOf(() -> bundles.unload("tiny/9", false))).isEqualTo(expected);
    }

    @Test
    void requestCannotLeaveTheFolder() {
        assertThat(failureOf(() -> bundles.load("../bundles/tiny/1"))).isInstanceOf(Failure.NotFound.class);
    }

    @Test
    void lastOfAllIsUnloadedByForceAloneAndTheServiceStaysReady() {
        bundles.unload("tiny/2", false);
        assertThat(failureOf(() -> bundles.unload("tiny/1", false)))
                .isEqualTo(new Failure.FailedPrecondition(
                        "version: tiny/1 is the last one of all (expected: another one that serves, or force)"));
        assertThat(versions()).containsExactly("1");
        bundles.unload("tiny/1", true);
        assertThat(versions()).isEmpty();
        assertThat(bundles.state().ready()).isTrue();
    }

    @Test
    void lastOfARequiredBundleIsNeededAndOneOfAnotherIsNot() throws IOException {
        files.addOther("tiny-int8");
        try (Bundles requiring = new Bundles(root, Set.of("tiny"), Clock.systemUTC(), BundleEvents.NONE)) {
            requiring.scan();
            requiring.unload("tiny-int8/1", false);
            requiring.unload("tiny/1", false);
            assertThat(failureOf(() -> requiring.unload("tiny/2", false)))
                    .isEqualTo(
                            new Failure.FailedPrecondition(
                                    "version: tiny/2 is the last one of a required bundle (expected: another one that serves, or force)"));
        }
    }

    @Test
    void unloadingWhatDoesNotServeLeavesItAsItIs() throws IOException {
        edit(files.add("3"), "model.onnx", text -> text + " ");
        bundles.scan();
        assertThat(bundles.unload("tiny/3", false).status()).isEqualTo(Status.REFUSED);
        bundles.unload("tiny/2", false);
        assertThat(bundles.unload("tiny/2", false).status()).isEqualTo(Status.UNLOADED);
    }

    @Test
    void closedBundlesAreFoundByNoCallAndFreed() {
        RewardModel newest =
                bundles.catalog().bundles().getOrDefault("tiny", List.of()).getFirst();
        bundles.close();
        assertThat(bundles.catalog().bundles()).isEmpty();
        assertThat(newest.isFreed()).isTrue();
    }

    @Test
    void closedBundlesFreeWhatIsLoadedAfterwards() throws IOException {
        bundles.close();
        files.add("3");
        assertThat(bundles.load("tiny/3").model().orElseThrow().isFreed()).isTrue();
        assertThat(bundles.catalog().bundles()).isEmpty();
    }

    private List<String> versions() {
        return bundles.catalog().bundles().getOrDefault("tiny", List.of()).stream()
                .map(model -> model.id().version())
                .toList();
    }
}
