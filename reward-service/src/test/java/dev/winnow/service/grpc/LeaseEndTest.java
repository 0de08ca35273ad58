package dev.winnow.service.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.winnow.service.loading.Bundles;
import dev.winnow.service.pipeline.RewardModel;
import dev.winnow.service.wiring.TestingBundles;
import dev.winnow.v1.Density;
import dev.winnow.v1.RewardRequest;
import dev.winnow.v1.Sample;
import dev.winnow.v1.ScoreRequest;
import io.grpc.Status;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** However a call ends, it gives back the models that it kept. */
@QuarkusTest
@QuarkusTestResource(TestingBundles.class)
@Timeout(60)
class LeaseEndTest {
    private static final List<RewardRequest> REWARDS = List.of(Samples.reward("fluency", Density.TOKEN));
    private static final Sample SAMPLE = Samples.sample("one", "one two three");

    @Inject
    Bundles bundles;

    @Test
    void answered() {
        try (TestingClient client = new TestingClient()) {
            assertThat(client.score(REWARDS, List.of(SAMPLE)).getFirst().hasRewards())
                    .isTrue();
            awaitGivenBack();
        }
    }

    @Test
    void refusedAfterItsRewardsWereFound() {
        try (TestingClient client = new TestingClient()) {
            assertThat(Status.fromThrowable(catchThrowable(() -> client.score(REWARDS, List.of())))
                            .getCode())
                    .isEqualTo(Status.Code.INVALID_ARGUMENT);
            awaitGivenBack();
        }
    }

    @Test
    void deadlinePassed() {
        try (TestingClient client = new TestingClient()) {
            ScoreRequest request = ScoreRequest.newBuilder()
                    .addAllRewards(REWARDS)
                    .addAllSamples(Samples.mixed(400, 3))
                    .build();
            assertThat(Status.fromThrowable(catchThrowable(() -> client.blocking()
                                    .withDeadlineAfter(5, TimeUnit.MILLISECONDS)
                                    .score(request)))
                            .getCode())
                    .isEqualTo(Status.Code.DEADLINE_EXCEEDED);
            awaitGivenBack();
        }
    }

    @Test
    void streamCompleted() {
        try (TestingClient client = new TestingClient()) {
            try (OpenStream stream = new OpenStream(client, REWARDS)) {
                assertThat(stream.score(SAMPLE).hasRewards()).isTrue();
                assertThat(model().callsInFlight()).isPositive();
            }
            awaitGivenBack();
        }
    }

    @Test
    void streamFailed() {
        try (TestingClient client = new TestingClient()) {
            OpenStream stream = new OpenStream(client, REWARDS);
            assertThat(stream.score(SAMPLE).hasRewards()).isTrue();
            assertThat(model().callsInFlight()).isPositive();
            stream.send(TestingClient.config(REWARDS));
            awaitGivenBack();
        }
    }

    @Test
    void streamCancelled() {
        try (TestingClient client = new TestingClient()) {
            OpenStream stream = new OpenStream(client, REWARDS);
            assertThat(stream.score(SAMPLE).hasRewards()).isTrue();
            assertThat(model().callsInFlight()).isPositive();
            stream.cancel();
            awaitGivenBack();
        }
    }

    @Test
    void clientVanishedInMidStream() {
        TestingClient client = new TestingClient();
        OpenStream stream = new OpenStream(client, REWARDS);
        assertThat(stream.score(SAMPLE).hasRewards()).isTrue();
        assertThat(model().callsInFlight()).isPositive();
        client.close();
        awaitGivenBack();
    }

    private void awaitGivenBack() {
        while (model().callsInFlight() > 0) {
            Thread.onSpinWait();
        }
    }

    private RewardModel model() {
        return bundles.catalog().bundles().getOrDefault("tiny", List.of()).getFirst();
    }
}
