package dev.winnow.service.loading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.winnow.service.domain.Failure;
import dev.winnow.service.domain.FailureException;
import dev.winnow.service.domain.Lifetime;
import dev.winnow.service.loading.BundleVersion.Status;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class LoadingThreadTest {
    @TempDir
    private Path root = Path.of("");

    private final CountDownLatch secondLoaded = new CountDownLatch(1);
    private Bundles bundles = TestingBundles.open(root);
    private LoadingThread thread = new LoadingThread(bundles);

    @BeforeEach
    void open() throws IOException {
        new TestingBundles(root).add("1");
        bundles = new Bundles(root, Set.of(), Clock.systemUTC(), new BundleEvents() {
            @Override
            public void loaded(String bundle, Duration took) {}

            @Override
            public void refused(String bundle, Duration took) {
                throw new IllegalStateException("a listener that fails");
            }

            @Override
            public void changed(BundlesState state) {
                if (state.catalog().bundles().values().stream().anyMatch(versions -> versions.size() == 2)) {
                    secondLoaded.countDown();
                }
            }
        });
        thread = new LoadingThread(bundles);
        thread.scan().join();
    }

    @AfterEach
    void close() {
        thread.close();
        bundles.close();
    }

    @Test
    void scansAgainAndAgainWhateverGoesWrongOnce() throws IOException, InterruptedException {
        TestingBundles.edit(new TestingBundles(root).add("0"), "model.onnx", text -> text + " ");
        thread.scanEvery(Duration.ofMillis(1));
        new TestingBundles(root).add("2");
        secondLoaded.await();
        assertThat(bundles.state().versions()).extracting(BundleVersion::folder).contains("tiny/2");
    }

    @Test
    void requestThatEndedBeforeItsTurnDoesNothing() throws IOException {
        new TestingBundles(root).add("2");
        Failure late = new Failure.DeadlineExceeded("late");
        Lifetime ended = new Lifetime();
        ended.end(late);
        assertFails(thread.load("tiny/2", ended), late);
        assertFails(thread.unload("tiny/1", true, ended), late);
        assertThat(bundles.state().versions()).singleElement().satisfies(version -> {
            assertThat(version.folder()).isEqualTo("tiny/1");
            assertThat(version.status()).isEqualTo(Status.SERVING);
        });
    }

    @Test
    void afterItsCloseNothingIsLoaded() {
        thread.close();
        assertFails(
                thread.load("tiny/1", new Lifetime()),
                new Failure.Unavailable("service: draining (expected: serving)"));
    }

    private static void assertFails(CompletableFuture<BundleVersion> outcome, Failure failure) {
        assertThatThrownBy(outcome::join)
                .cause()
                .isInstanceOfSatisfying(
                        FailureException.class,
                        refused -> assertThat(refused.failure()).isEqualTo(failure));
    }
}
