package dev.winnow.service.ops;

import static io.restassured.RestAssured.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.winnow.service.domain.Lifetime;
import dev.winnow.service.loading.LoadingThread;
import dev.winnow.service.wiring.ReloadingBundles;
import grpc.health.v1.HealthOuterClass.HealthCheckResponse.ServingStatus;
import io.quarkus.grpc.runtime.health.GrpcHealthStorage;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import org.junit.jupiter.api.Test;

/** Health and metrics follow what is loaded and unloaded. */
@QuarkusTest
@QuarkusTestResource(value = ReloadingBundles.class, restrictToAnnotatedClass = true)
class BundleReportTest {
    private static final String SERVED = "winnow_bundle_versions{bundle=\"tiny\"} ";

    @TestHTTPResource(value = "/", management = true)
    URI management;

    @Inject
    LoadingThread loading;

    @Inject
    GrpcHealthStorage health;

    @Test
    void followsTheCatalog() throws IOException {
        assertThat(metrics()).contains(SERVED + "1.0");
        assertThat(metrics()).contains("winnow_bundle_load_seconds_count{bundle=\"tiny\",outcome=\"proven\"} 1");
        assertThat(status("tiny/quality")).isEqualTo(ServingStatus.SERVING);

        ReloadingBundles.addWithout(2, "tokenizer.json");
        loading.load("tiny/2", new Lifetime()).join();
        assertThat(metrics()).contains(SERVED + "1.0");
        assertThat(metrics()).contains("winnow_bundle_load_seconds_count{bundle=\"tiny\",outcome=\"refused\"}");

        loading.unload("tiny/1", true, new Lifetime()).join();
        assertThat(metrics()).contains(SERVED + "0.0");
        assertThat(status("tiny/quality")).isEqualTo(ServingStatus.NOT_SERVING);
        assertThat(status("quality")).isEqualTo(ServingStatus.NOT_SERVING);
        assertThat(status("")).as("other bundles may serve").isEqualTo(ServingStatus.SERVING);
        get(management + "health/ready").then().statusCode(200);

        loading.load("tiny/1", new Lifetime()).join();
        assertThat(metrics()).contains(SERVED + "1.0");
        assertThat(status("tiny/quality")).isEqualTo(ServingStatus.SERVING);
    }

    private ServingStatus status(String service) {
        return health.statusForService(service).getStatus();
    }

    private String metrics() {
        return get(management + "metrics").then().statusCode(200).extract().asString();
    }
}
