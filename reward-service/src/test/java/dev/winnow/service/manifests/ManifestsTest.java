package dev.winnow.service.manifests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ManifestsTest {
    static List<Path> overlays() throws IOException {
        return Kustomize.overlays();
    }

    static List<Path> components() throws IOException {
        return Kustomize.components();
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void overlayKeepsToThePolicies(Path overlay) throws Exception {
        assertThat(ManifestPolicies.violations(typed(Kustomize.render(overlay))))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("components")
    void componentFitsTheBase(Path component) throws Exception {
        assertThat(typed(Kustomize.renderBaseWith(component))).hasSizeGreaterThan(6);
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void everythingSelectsTheReplicas(Path overlay) throws Exception {
        List<HasMetadata> objects = typed(Kustomize.render(overlay));
        Deployment deployment = only(Deployment.class, objects).getFirst();
        Map<String, String> labels =
                deployment.getSpec().getTemplate().getMetadata().getLabels();

        assertThat(labels)
                .containsAllEntriesOf(deployment.getSpec().getSelector().getMatchLabels());
        assertThat(only(Service.class, objects))
                .hasSize(2)
                .allSatisfy(service -> assertThat(labels)
                        .containsAllEntriesOf(service.getSpec().getSelector()));
        assertThat(only(PodDisruptionBudget.class, objects))
                .hasSize(1)
                .allSatisfy(budget -> assertThat(labels)
                        .containsAllEntriesOf(budget.getSpec().getSelector().getMatchLabels()));
        assertThat(only(NetworkPolicy.class, objects)).hasSize(1).allSatisfy(policy -> {
            assertThat(labels)
                    .containsAllEntriesOf(policy.getSpec().getPodSelector().getMatchLabels());
            assertThat(policy.getSpec().getEgress()).isEmpty();
        });
        assertThat(only(HorizontalPodAutoscaler.class, objects)).allSatisfy(autoscaler -> {
            assertThat(autoscaler.getSpec().getScaleTargetRef().getName())
                    .isEqualTo(deployment.getMetadata().getName());
            assertThat(deployment.getSpec().getReplicas())
                    .as("the autoscaler's affair")
                    .isNull();
        });
        assertThat(objects)
                .extracting(object -> object.getMetadata().getNamespace())
                .doesNotContainNull();
    }

    @Test
    void fieldThatItsTypeDoesNotHaveIsRefused() throws Exception {
        assertThatThrownBy(() -> typed(changed(container -> container.put("imagePulPolicy", "Always"))))
                .hasMessageContaining("imagePulPolicy");
        assertThatThrownBy(() -> typed(changed(container ->
                        container.putObject("resources").putObject("limit").put("cpu", "1"))))
                .hasMessageContaining("limit");
    }

    @Test
    void whatBreaksAPolicyIsNamed() throws Exception {
        assertViolation(container -> container.remove("resources"), "container reward-service has no limit of memory");
        assertViolation(
                container -> container.remove("livenessProbe"), "container reward-service has no liveness probe");
        assertViolation(container -> container.remove("securityContext"), "container reward-service may run as root");
        assertViolation(
                container -> container.put("image", "winnow/reward-service:latest"),
                "container reward-service has an image of no certain version: winnow/reward-service:latest");
        assertViolation(
                container -> container.remove("lifecycle"),
                "container reward-service stops while names still lead to it");
    }

    private static void assertViolation(Consumer<ObjectNode> change, String violation) throws Exception {
        assertThat(ManifestPolicies.violations(typed(changed(change)))).contains(violation);
    }

    /** Renders an overlay and changes its container. */
    private static List<JsonNode> changed(Consumer<ObjectNode> change) throws Exception {
        List<JsonNode> manifests = Kustomize.render(Kustomize.overlays().getFirst());
        manifests.stream()
                .filter(manifest -> manifest.path("kind").asText().equals("Deployment"))
                .forEach(manifest -> change.accept((ObjectNode) manifest.at("/spec/template/spec/containers/0")));
        return manifests;
    }

    private static List<HasMetadata> typed(List<JsonNode> manifests) {
        return manifests.stream().map(TypedManifests::of).toList();
    }

    private static <T> List<T> only(Class<T> type, List<?> objects) {
        return objects.stream().filter(type::isInstance).map(type::cast).toList();
    }
}
