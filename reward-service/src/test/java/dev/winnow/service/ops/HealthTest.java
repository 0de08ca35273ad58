package dev.winnow.service.ops;

import static io.restassured.RestAssured.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import dev.winnow.service.wiring.TestingBundles;
import grpc.health.v1.HealthGrpc;
import grpc.health.v1.HealthOuterClass.HealthCheckRequest;
import grpc.health.v1.HealthOuterClass.HealthCheckResponse.ServingStatus;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestingBundles.class)
class HealthTest {
    @TestHTTPResource(value = "/health", management = true)
    URI health;

    @ConfigProperty(name = "quarkus.grpc.server.test-port")
    int grpcPort;

    @Test
    void aRefusedBundleIsNamedWithItsReasonAndTheOthersServe() {
        String bundles = "checks.find { it.name == 'bundles' }.";
        get(health + "/ready")
                .then()
                .statusCode(200)
                .body("status", equalTo("UP"))
                .body(bundles + "data.'toxicity/1'", equalTo("serving"))
                .body(bundles + "data.'tiny/1'", equalTo("serving"))
                .body(bundles + "data.'tampered/1'", containsString("refused: golden.jsonl: sample plain"))
                .body(bundles + "data.draining", equalTo(false));
    }

    @Test
    void startedAndLive() {
        get(health + "/started")
                .then()
                .statusCode(200)
                .body("checks.name.flatten()", equalTo(List.of("bundles loaded")));
        get(health + "/live").then().statusCode(200).body("checks[0].name", equalTo("model workers"));
    }

    @Test
    void grpcHealthSpeaksForTheServerAndForEachReward() {
        for (String service : List.of("", "toxicity", "toxicity/toxicity", "tiny/quality", "fluency")) {
            assertThat(check(service)).as(service).isEqualTo(ServingStatus.SERVING);
        }
        assertThat(check("tampered/quality")).isEqualTo(ServingStatus.UNKNOWN);
    }

    private ServingStatus check(String service) {
        ManagedChannel channel = ManagedChannelBuilder.forAddress("localhost", grpcPort)
                .usePlaintext()
                .build();
        try {
            return HealthGrpc.newBlockingStub(channel)
                    .check(HealthCheckRequest.newBuilder().setService(service).build())
                    .getStatus();
        } finally {
            channel.shutdownNow();
        }
    }
}
