package dev.winnow.service.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.winnow.service.wiring.ReloadingBundles;
import dev.winnow.v1.AdminServiceGrpc;
import dev.winnow.v1.AdminServiceGrpc.AdminServiceBlockingStub;
import dev.winnow.v1.BundleStatus;
import dev.winnow.v1.Density;
import dev.winnow.v1.ListBundlesRequest;
import dev.winnow.v1.LoadBundleRequest;
import dev.winnow.v1.RewardRequest;
import dev.winnow.v1.RewardVector;
import dev.winnow.v1.Sample;
import dev.winnow.v1.State;
import dev.winnow.v1.UnloadBundleRequest;
import io.grpc.Status;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Loading and unloading on request and by the folder, over a real port; the first version is there in each test. */
@QuarkusTest
@QuarkusTestResource(value = ReloadingBundles.class, restrictToAnnotatedClass = true)
@Timeout(120)
class AdminTest {
    private static final RewardRequest QUALITY = Samples.reward("quality", Density.SENTENCE);

    private final TestingClient client = new TestingClient();
    private final AdminServiceBlockingStub admin = AdminServiceGrpc.newBlockingStub(client.channel());

    @AfterEach
    void leaveTheFirstVersionAlone() throws IOException {
        load("1");
        for (int version = 2; version <= 3; version++) {
            if (Files.exists(ReloadingBundles.folder(version))) {
                ReloadingBundles.remove(version);
                await(Integer.toString(version), Optional::isEmpty);
            }
        }
        client.close();
    }

    @Test
    void listTellsWhatServesSinceWhenAndForHowManyCalls() {
        try (OpenStream stream = new OpenStream(client, List.of(QUALITY))) {
            assertThat(stream.score(sample()).hasRewards()).isTrue();
            BundleStatus first = await(
                            "1", bundle -> bundle.isPresent() && bundle.get().getCallsInFlight() == 1)
                    .orElseThrow();
            assertThat(first.getName()).isEqualTo("tiny");
            assertThat(first.getState()).isEqualTo(State.STATE_SERVING);
            assertThat(first.getLatest()).isTrue();
            assertThat(first.getReason()).isEmpty();
            assertThat(first.getDigest()).matches("sha256:[0-9a-f]{64}");
            assertThat(first.getSince().getSeconds()).isPositive();
        }
    }

    @Test
    void folderIsWatched() throws IOException {
        ReloadingBundles.add(2);
        assertThat(await("2", AdminTest::serves).orElseThrow().getLatest()).isTrue();
        assertThat(vector("").getVersion()).isEqualTo("2");
        ReloadingBundles.remove(2);
        await("2", Optional::isEmpty);
        assertThat(vector("").getVersion()).isEqualTo("1");
    }

    @Test
    void halfWrittenBundleIsRefusedWithItsReasonUntilItIsWhole() throws IOException {
        Path model = ReloadingBundles.folder(1).resolve("model.onnx");
        byte[] whole = Files.readAllBytes(model);
        Path written = ReloadingBundles.folder(2).resolve("model.onnx");
        ReloadingBundles.addWithout(2, "model.onnx");
        Files.write(written, Arrays.copyOf(whole, whole.length / 2));
        BundleStatus refused = await(
                        "2",
                        bundle -> bundle.filter(b -> b.getReason().startsWith("model.onnx: sha256"))
                                .isPresent())
                .orElseThrow();
        assertThat(refused.getState()).isEqualTo(State.STATE_REFUSED);
        assertThat(load("2").getReason()).isEqualTo(refused.getReason());
        assertThat(vector("").getVersion()).isEqualTo("1");
        Files.write(written, Arrays.copyOfRange(whole, whole.length / 2, whole.length), StandardOpenOption.APPEND);
        await("2", AdminTest::serves);
        assertThat(vector("").getVersion()).isEqualTo("2");
    }

    @Test
    void trainerThatPinsADigestKeepsItsVersion() throws IOException {
        String digest = vector("").getDigest();
        ReloadingBundles.add(2);
        assertThat(load("2").getState()).isEqualTo(State.STATE_SERVING);
        assertThat(vector(digest).getVersion()).isEqualTo("1");
        assertThat(vector("").getVersion()).isEqualTo("2");
        assertThat(codeOf(() -> vector("sha256:" + "0".repeat(64)))).isEqualTo(Status.Code.NOT_FOUND);
    }

    @Test
    void unloadingRollsBackAndLoadingComesBack() throws IOException {
        ReloadingBundles.add(2);
        load("2");
        assertThat(unload("2", false).getState()).isEqualTo(State.STATE_UNLOADED);
        assertThat(vector("").getVersion()).isEqualTo("1");
        assertThat(load("2").getState()).isEqualTo(State.STATE_SERVING);
        assertThat(vector("").getVersion()).isEqualTo("2");
    }

    @Test
    void lastVersionIsUnloadedByForceAlone() {
        assertThat(codeOf(() -> unload("1", false))).isEqualTo(Status.Code.FAILED_PRECONDITION);
        assertThat(vector("").getVersion()).isEqualTo("1");
        assertThat(unload("1", true).getState()).isEqualTo(State.STATE_UNLOADED);
        assertThat(codeOf(() -> vector(""))).isEqualTo(Status.Code.UNAVAILABLE);
    }

    @Test
    void whatIsNotInTheFolderIsNotFound() {
        assertThat(codeOf(() -> load("7"))).isEqualTo(Status.Code.NOT_FOUND);
        assertThat(codeOf(() -> unload("7", true))).isEqualTo(Status.Code.NOT_FOUND);
    }

    private RewardVector vector(String version) {
        return client.score(List.of(QUALITY.toBuilder().setVersion(version).build()), List.of(sample()))
                .getFirst()
                .getRewards()
                .getVectors(0);
    }

    private BundleStatus load(String version) {
        return admin.loadBundle(LoadBundleRequest.newBuilder()
                        .setName("tiny")
                        .setVersion(version)
                        .build())
                .getBundle();
    }

    private BundleStatus unload(String version, boolean force) {
        return admin.unloadBundle(UnloadBundleRequest.newBuilder()
                        .setName("tiny")
                        .setVersion(version)
                        .setForce(force)
                        .build())
                .getBundle();
    }

    private static boolean serves(Optional<BundleStatus> bundle) {
        return bundle.isPresent() && bundle.get().getState() == State.STATE_SERVING;
    }

    /** The version as soon as it is as wanted. */
    private Optional<BundleStatus> await(String version, Predicate<Optional<BundleStatus>> wanted) {
        while (true) {
            Optional<BundleStatus> found =
                    admin.listBundles(ListBundlesRequest.getDefaultInstance()).getBundlesList().stream()
                            .filter(bundle -> bundle.getVersion().equals(version))
                            .findFirst();
            if (wanted.test(found)) {
                return found;
            }
        }
    }

    private static Status.Code codeOf(ThrowingCallable call) {
        return Status.fromThrowable(catchThrowable(call)).getCode();
    }

    private static Sample sample() {
        return Samples.sample("one", "It is two.").toBuilder()
                .setPrompt("What is the time?")
                .build();
    }
}
