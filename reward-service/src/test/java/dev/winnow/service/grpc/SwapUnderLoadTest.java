package dev.winnow.service.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.winnow.service.loading.Bundles;
import dev.winnow.service.pipeline.RewardModel;
import dev.winnow.service.wiring.ReloadingBundles;
import dev.winnow.v1.AdminServiceGrpc;
import dev.winnow.v1.BundleStatus;
import dev.winnow.v1.Density;
import dev.winnow.v1.ListBundlesRequest;
import dev.winnow.v1.LoadBundleRequest;
import dev.winnow.v1.RewardRequest;
import dev.winnow.v1.RewardVector;
import dev.winnow.v1.Sample;
import dev.winnow.v1.SampleResult;
import dev.winnow.v1.State;
import dev.winnow.v1.UnloadBundleRequest;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Versions are swapped while calls and streams go on: none fails, none mixes versions, and no model is left behind. */
@QuarkusTest
@QuarkusTestResource(value = ReloadingBundles.class, restrictToAnnotatedClass = true)
@Timeout(300)
class SwapUnderLoadTest {
    private static final int SWAPS = 30;
    private static final List<RewardRequest> REWARDS =
            List.of(quality(Density.SENTENCE), quality(Density.SEQUENCE), Samples.reward("fluency", Density.TOKEN));

    @Inject
    Bundles bundles;

    private volatile boolean swapping = true;

    @Test
    void noCallSeesASwap() throws IOException, InterruptedException, ExecutionException {
        List<RewardModel> models = new ArrayList<>();
        try (TestingClient client = new TestingClient();
                OpenStream early = new OpenStream(client, REWARDS);
                ExecutorService callers = Executors.newCachedThreadPool()) {
            var admin = AdminServiceGrpc.newBlockingStub(client.channel());
            assertThat(versionOf(early.score(sample("first")))).isEqualTo("1");
            models.add(latest());
            List<Future<Integer>> answered = List.of(
                    callers.submit(() -> callWhileSwapping(client)),
                    callers.submit(() -> callWhileSwapping(client)),
                    callers.submit(() -> streamWhileSwapping(client)));
            for (int version = 2; version <= SWAPS + 1; version++) {
                ReloadingBundles.add(version);
                BundleStatus loaded = admin.loadBundle(LoadBundleRequest.newBuilder()
                                .setName("tiny")
                                .setVersion(Integer.toString(version))
                                .build())
                        .getBundle();
                assertThat(loaded.getState()).isEqualTo(State.STATE_SERVING);
                assertThat(loaded.getLatest()).isTrue();
                models.add(latest());
                BundleStatus unloaded = admin.unloadBundle(UnloadBundleRequest.newBuilder()
                                .setName("tiny")
                                .setVersion(Integer.toString(version - 1))
                                .build())
                        .getBundle();
                assertThat(unloaded.getState()).isEqualTo(State.STATE_UNLOADED);
                ReloadingBundles.remove(version - 1);
                assertThat(versionOf(early.score(sample("swap-" + version))))
                        .as("a stream keeps the version that it began with")
                        .isEqualTo("1");
            }
            swapping = false;
            for (Future<Integer> caller : answered) {
                assertThat(caller.get()).isPositive();
            }
            assertThat(models.getFirst().isFreed()).isFalse();
            assertThat(models.getFirst().callsInFlight()).isEqualTo(1);
        }
        assertThat(models).hasSize(SWAPS + 1).doesNotHaveDuplicates();
        RewardModel last = models.removeLast();
        models.forEach(SwapUnderLoadTest::awaitFreed);
        assertThat(last.isFreed()).isFalse();
        assertThat(list()).singleElement().satisfies(bundle -> {
            assertThat(bundle.getVersion()).isEqualTo(Integer.toString(SWAPS + 1));
            assertThat(bundle.getCallsInFlight()).isZero();
        });
    }

    private int callWhileSwapping(TestingClient client) {
        int calls = 0;
        for (; swapping; calls++) {
            List<SampleResult> results = client.score(REWARDS, List.of(sample("a"), sample("b")));
            assertThat(results).hasSize(2);
            assertThat(versionOf(results.getFirst())).isEqualTo(versionOf(results.getLast()));
        }
        return calls;
    }

    private int streamWhileSwapping(TestingClient client) {
        int streams = 0;
        for (; swapping; streams++) {
            try (OpenStream stream = new OpenStream(client, REWARDS)) {
                String version = versionOf(stream.score(sample("first")));
                for (int sample = 0; sample < 20; sample++) {
                    assertThat(versionOf(stream.score(sample("sample-" + sample))))
                            .isEqualTo(version);
                }
            }
        }
        return streams;
    }

    /** The one version of all rewards of a sample, whose values must be those of that version. */
    private static String versionOf(SampleResult result) {
        assertThat(result.getError().getMessage()).isEmpty();
        List<RewardVector> vectors = result.getRewards().getVectorsList();
        assertThat(vectors).hasSize(3);
        assertThat(vectors)
                .extracting(RewardVector::getDigest)
                .containsOnly(vectors.getFirst().getDigest());
        String version = vectors.getFirst().getVersion();
        for (RewardVector vector : vectors.subList(0, 2)) {
            for (int segment = 0; segment < vector.getValuesCount(); segment++) {
                double expected = (vector.getRawValues(segment) - 0.25) / 2 * 0.5 + 0.1 + Integer.parseInt(version);
                assertThat((double) vector.getValues(segment)).isCloseTo(expected, Offset.offset(1e-4));
            }
        }
        return version;
    }

    private static void awaitFreed(RewardModel model) {
        while (!model.isFreed()) {
            Thread.onSpinWait();
        }
    }

    /** The versions once the service has looked at the folder again: what was removed is not there any more. */
    private static List<BundleStatus> list() {
        try (TestingClient client = new TestingClient()) {
            var admin = AdminServiceGrpc.newBlockingStub(client.channel());
            List<BundleStatus> listed;
            do {
                listed = admin.listBundles(ListBundlesRequest.getDefaultInstance())
                        .getBundlesList();
            } while (listed.size() > 1);
            return listed;
        }
    }

    private RewardModel latest() {
        return bundles.catalog().bundles().getOrDefault("tiny", List.of()).getFirst();
    }

    private static RewardRequest quality(Density density) {
        return Samples.reward("quality", density).toBuilder().setRawValues(true).build();
    }

    private static Sample sample(String id) {
        return Sample.newBuilder()
                .setId(id)
                .setPrompt("What is the time?")
                .setResponse("It is two in the afternoon. That is what " + id + " says.")
                .build();
    }
}
