package dev.winnow.service.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.winnow.service.admission.Admission;
import dev.winnow.service.wiring.TestingBundles;
import dev.winnow.v1.Density;
import dev.winnow.v1.ScoreResponse;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@QuarkusTest
@QuarkusTestResource(TestingBundles.class)
@Timeout(120)
class ManyConnectionsTest {
    private static final int CONNECTIONS = 1_000;

    @Inject
    Admission admission;

    private final List<TestingClient> clients = new ArrayList<>();

    @AfterEach
    void close() {
        clients.forEach(TestingClient::close);
    }

    @Test
    void eachOfAThousandConnectionsIsServed() throws ExecutionException, InterruptedException {
        List<Future<ScoreResponse>> calls = new ArrayList<>();
        for (int index = 0; index < CONNECTIONS; index++) {
            TestingClient client = new TestingClient();
            clients.add(client);
            calls.add(client.future(
                    List.of(Samples.reward("fluency", Density.TOKEN)),
                    List.of(Samples.sample("of-" + index, "word ".repeat(1 + index % 40)))));
        }
        for (int index = 0; index < CONNECTIONS; index++) {
            assertThat(calls.get(index).get().getResultsList())
                    .singleElement()
                    .satisfies(result -> assertThat(
                                    result.getRewards().getVectors(0).getValuesCount())
                            .isPositive());
        }
        assertThat(admission.tokensInFlight()).isZero();
    }
}
