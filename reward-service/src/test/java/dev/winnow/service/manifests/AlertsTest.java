package dev.winnow.service.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AlertsTest {
    private static final YAMLMapper YAML = new YAMLMapper();
    private static final Path DOCUMENTATION = Path.of("..");

    @TempDir
    Path folder;

    private JsonNode rules;

    @BeforeEach
    void unwrapRules() throws IOException {
        rules = YAML.readTree(Kustomize.MANIFESTS
                        .resolve("components/monitoring/alerts.yaml")
                        .toFile())
                .path("spec");
        YAML.writeValue(folder.resolve("rules.yaml").toFile(), rules);
        Files.copy(
                Kustomize.MANIFESTS.resolve("tests/alerts.yaml"),
                folder.resolve("alerts.yaml"),
                StandardCopyOption.REPLACE_EXISTING);
    }

    @Test
    void everyAlertFiresWhereItIsProvokedAndOnlyThere() throws Exception {
        assertThat(Tools.run(
                        Tools.PROMTOOL,
                        "test",
                        "rules",
                        folder.resolve("alerts.yaml").toString()))
                .contains("SUCCESS");
        String provoked = Files.readString(folder.resolve("alerts.yaml"));
        assertThat(alerts())
                .isNotEmpty()
                .allSatisfy(alert -> assertThat(provoked)
                        .contains(
                                "alertname=\"%s\"".formatted(alert.path("alert").asText())));
    }

    @Test
    void everyAlertHasARunbook() {
        assertThat(alerts()).allSatisfy(alert -> {
            String[] link = alert.at("/annotations/runbook_url").asText().split("#");
            assertThat(link[1]).isEqualTo(alert.path("alert").asText().toLowerCase(Locale.ROOT));
            assertThat(Files.readString(DOCUMENTATION.resolve(link[0])))
                    .contains("\n### " + alert.path("alert").asText() + "\n");
        });
    }

    private List<JsonNode> alerts() {
        return rules.path("groups")
                .valueStream()
                .flatMap(group -> group.path("rules").valueStream())
                .toList();
    }
}
