package dev.winnow.service.manifests;

import static io.restassured.RestAssured.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import dev.winnow.service.config.WinnowConfiguration;
import dev.winnow.service.wiring.TestingBundles;
import dev.winnow.v1.RewardRequest;
import dev.winnow.v1.RewardServiceGrpc;
import dev.winnow.v1.Sample;
import dev.winnow.v1.ScoreRequest;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.config.ConfigMappings;
import io.smallrye.config.ConfigMappings.ConfigClass;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** Every port, path, key and metric that the manifests name is one of the running service. */
@QuarkusTest
@QuarkusTestResource(TestingBundles.class)
class ManifestsFitTheServiceTest {
    private static final Pattern METRIC = Pattern.compile("\\b(?:winnow|process|jvm|grpc)_[a-z_]+\\b");

    @TestHTTPResource(value = "/", management = true)
    URI management;

    @ConfigProperty(name = "quarkus.grpc.server.test-port")
    int testPort;

    @Test
    void portsAreThose() throws Exception {
        Properties settings = new Properties(); // tests choose other ports
        try (InputStream file = Files.newInputStream(Path.of("src/main/resources/application.properties"))) {
            settings.load(file);
        }
        assertThat(container().getPorts())
                .extracting(ContainerPort::getName, port -> String.valueOf(port.getContainerPort()))
                .containsExactly(
                        tuple("grpc", settings.getProperty("quarkus.grpc.server.port")),
                        tuple("management", settings.getProperty("quarkus.management.port")));
    }

    @Test
    void probesAndMetricsAreAnswered() throws Exception {
        for (Probe probe : List.of(
                container().getStartupProbe(),
                container().getReadinessProbe(),
                container().getLivenessProbe())) {
            String path = probe.getHttpGet().getPath();
            assertThat(get(management.resolve(path)).statusCode()).as(path).isEqualTo(200);
        }
        JsonNode monitor = rendered("ServiceMonitor").findFirst().orElseThrow();
        String path = monitor.at("/spec/endpoints/0/path").asText();
        assertThat(get(management.resolve(path)).asString()).contains("winnow_tokens_in_flight");
    }

    @Test
    void keysAreThoseOfTheConfiguration() throws Exception {
        Set<String> known =
                ConfigMappings.getProperties(ConfigClass.configClass(WinnowConfiguration.class)).keySet().stream()
                        .map(key -> key.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_"))
                        .collect(Collectors.toSet());
        Map<String, String> environment = environment();
        assertThat(environment.keySet())
                .filteredOn(key -> key.startsWith("WINNOW_"))
                .isNotEmpty()
                .isSubsetOf(known);
    }

    @Test
    void replicasHaveTheTimeToDrain() throws Exception {
        PodSpec pod = pod();
        Duration drain = Duration.parse("PT" + environment().get("WINNOW_DRAIN_TIMEOUT"));
        long pause = container().getLifecycle().getPreStop().getSleep().getSeconds();
        assertThat(pod.getTerminationGracePeriodSeconds()).isGreaterThan(drain.toSeconds() + pause);
    }

    @Test
    void metricsAreThose() throws Exception {
        Set<String> served = served();
        for (int tries = 0; tries < 100 && !served.contains("winnow_dropped_total"); tries++) {
            score();
            served = served();
        }
        Set<String> found = served;
        for (Path file : List.of(
                Path.of("monitoring/alerts.yaml"),
                Path.of("monitoring/dashboard.json"),
                Path.of("keda/scaled-object.yaml"),
                Path.of("horizontal-pod-autoscaler/prometheus-adapter-rule.yaml"))) {
            Set<String> named = METRIC.matcher(Files.readString(
                            Kustomize.MANIFESTS.resolve("components").resolve(file)))
                    .results()
                    .map(MatchResult::group)
                    .filter(Predicate.not("winnow_row_queue_seconds_mean"::equals)) // the adapter's own
                    .collect(Collectors.toSet());
            assertThat(named)
                    .as(file.toString())
                    .isNotEmpty()
                    .allSatisfy(
                            name -> assertThat(found).as("%s of %s", name, file).contains(name));
        }
    }

    private Set<String> served() {
        return get(management.resolve("/q/metrics"))
                .asString()
                .lines()
                .filter(Predicate.not(line -> line.startsWith("#")))
                .map(line -> line.split("[{ ]")[0])
                .collect(Collectors.toSet());
    }

    /** Provokes every metric: a sample that is rewarded, and some whose time is likely over. */
    private void score() {
        ManagedChannel channel = ManagedChannelBuilder.forAddress("localhost", testPort)
                .usePlaintext()
                .build();
        try {
            RewardServiceGrpc.newBlockingStub(channel)
                    .score(ScoreRequest.newBuilder()
                            .addSamples(Sample.newBuilder().setResponse("one two"))
                            .addAllSamples(Collections.nCopies(
                                    20,
                                    Sample.newBuilder()
                                            .setResponse("late ".repeat(10))
                                            .setTimeoutMs(1)
                                            .build()))
                            .addRewards(RewardRequest.newBuilder().setName("fluency"))
                            .build());
        } finally {
            channel.shutdownNow();
        }
    }

    private static Map<String, String> environment() throws Exception {
        return rendered("ConfigMap")
                .filter(map -> map.at("/metadata/name").asText().startsWith("reward-service-")
                        && !map.path("data").has("dashboard.json"))
                .map(map -> map.path("data"))
                .flatMap(JsonNode::propertyStream)
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().asText()));
    }

    private static PodSpec pod() throws Exception {
        Deployment deployment = (Deployment)
                TypedManifests.of(rendered("Deployment").findFirst().orElseThrow());
        return deployment.getSpec().getTemplate().getSpec();
    }

    private static Container container() throws Exception {
        return pod().getContainers().getFirst();
    }

    private static Stream<JsonNode> rendered(String kind) throws IOException, InterruptedException {
        return Kustomize.render(Kustomize.MANIFESTS.resolve("overlays/cpu")).stream()
                .filter(manifest -> manifest.path("kind").asText().equals(kind));
    }
}
