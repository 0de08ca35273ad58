package dev.winnow.service.manifests;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** What every deployment must keep to. */
final class ManifestPolicies {
    private final List<String> violations = new ArrayList<>();

    private ManifestPolicies() {}

    /** Returns what is wrong, a line each. */
    static List<String> violations(List<HasMetadata> objects) {
        ManifestPolicies policies = new ManifestPolicies();
        objects.stream()
                .filter(Deployment.class::isInstance)
                .map(Deployment.class::cast)
                .forEach(policies::check);
        return policies.violations;
    }

    private void check(Deployment deployment) {
        PodSpec pod = deployment.getSpec().getTemplate().getSpec();
        require(
                "0"
                        .equals(String.valueOf(deployment
                                .getSpec()
                                .getStrategy()
                                .getRollingUpdate()
                                .getMaxUnavailable()
                                .getValue())),
                "a replica goes before another is ready");
        require(Boolean.FALSE.equals(pod.getAutomountServiceAccountToken()), "a token of the cluster is mounted");
        require(Boolean.FALSE.equals(pod.getEnableServiceLinks()), "other services are in the environment");
        require(
                pod.getSecurityContext() != null
                        && pod.getSecurityContext().getSeccompProfile() != null
                        && "RuntimeDefault"
                                .equals(pod.getSecurityContext()
                                        .getSeccompProfile()
                                        .getType()),
                "system calls are not restricted");
        require(!pod.getTopologySpreadConstraints().isEmpty(), "all replicas may be on one node");
        require(
                pod.getVolumes().stream().allMatch(volume -> volume.getHostPath() == null)
                        && !Boolean.TRUE.equals(pod.getHostNetwork())
                        && !Boolean.TRUE.equals(pod.getHostPID()),
                "the node is within reach");
        pod.getVolumes().stream()
                .filter(volume -> volume.getEmptyDir() != null)
                .forEach(volume -> require(
                        volume.getEmptyDir().getSizeLimit() != null, "volume " + volume.getName() + " has no limit"));
        pod.getContainers().forEach(container -> check(container, pod));
    }

    private void check(Container container, PodSpec pod) {
        String name = "container " + container.getName();
        ResourceRequirements resources =
                Optional.ofNullable(container.getResources()).orElseGet(ResourceRequirements::new);
        Map<String, Quantity> limits = resources.getLimits();
        Map<String, Quantity> requests = resources.getRequests();
        for (String resource : List.of("cpu", "memory", "ephemeral-storage")) {
            require(limits.containsKey(resource), name + " has no limit of " + resource);
            require(requests.containsKey(resource), name + " requests no " + resource);
        }
        require(
                Objects.equals(limits.get("memory"), requests.get("memory")),
                name + " may use memory that the node does not have");
        require(container.getStartupProbe() != null, name + " has no startup probe");
        require(container.getReadinessProbe() != null, name + " has no readiness probe");
        require(container.getLivenessProbe() != null, name + " has no liveness probe");
        require(
                container.getImage().matches("[^:@]+(:(?!latest$)[\\w.-]+|@sha256:[0-9a-f]{64})"),
                name + " has an image of no certain version: " + container.getImage());
        SecurityContext security =
                Optional.ofNullable(container.getSecurityContext()).orElseGet(SecurityContext::new);
        require(Boolean.TRUE.equals(security.getRunAsNonRoot()), name + " may run as root");
        require(Boolean.TRUE.equals(security.getReadOnlyRootFilesystem()), name + " can write its files");
        require(Boolean.FALSE.equals(security.getAllowPrivilegeEscalation()), name + " can gain privileges");
        require(!Boolean.TRUE.equals(security.getPrivileged()), name + " is privileged");
        require(
                security.getCapabilities() != null
                        && security.getCapabilities().getDrop().contains("ALL")
                        && security.getCapabilities().getAdd().isEmpty(),
                name + " has capabilities");
        long pause = Optional.ofNullable(container.getLifecycle())
                .map(lifecycle -> lifecycle.getPreStop().getSleep().getSeconds())
                .orElse(0L);
        require(pause > 0, name + " stops while names still lead to it");
        require(pause < pod.getTerminationGracePeriodSeconds(), name + " is killed before it may stop");
        require(startSeconds(container.getStartupProbe()) >= 60, name + " has under a minute to load its bundles");
    }

    private static long startSeconds(Probe probe) {
        return probe == null ? Long.MAX_VALUE : (long) probe.getPeriodSeconds() * probe.getFailureThreshold();
    }

    private void require(boolean holds, String violation) {
        if (!holds) {
            violations.add(violation);
        }
    }
}
