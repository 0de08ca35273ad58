package dev.winnow.service.manifests;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The manifests of {@code k8s/}, as a cluster is given them. */
final class Kustomize {
    static final Path MANIFESTS = Path.of("..", "k8s").toAbsolutePath().normalize();
    private static final YAMLMapper YAML = new YAMLMapper();

    private Kustomize() {}

    static List<Path> overlays() throws IOException {
        return folders(MANIFESTS.resolve("overlays"));
    }

    static List<Path> components() throws IOException {
        return folders(MANIFESTS.resolve("components"));
    }

    /** Renders an overlay. */
    static List<JsonNode> render(Path overlay) throws IOException, InterruptedException {
        String rendered = Tools.run(Tools.KUSTOMIZE, overlay.toString());
        try (var documents = YAML.readerFor(JsonNode.class).<JsonNode>readValues(rendered)) {
            return documents.readAll();
        }
    }

    /** Renders the base with one component. */
    static List<JsonNode> renderBaseWith(Path component) throws IOException, InterruptedException {
        Path folder = Files.createDirectories(
                Path.of("target", "manifests", component.getFileName().toString()));
        Files.writeString(folder.resolve("kustomization.yaml"), """
                resources: [%s]
                components: [%s]
                """.formatted(
                        relative(folder, MANIFESTS.resolve("base")), relative(folder, component)));
        return render(folder);
    }

    private static Path relative(Path from, Path to) {
        return from.toAbsolutePath().relativize(to);
    }

    private static List<Path> folders(Path parent) throws IOException {
        try (Stream<Path> folders = Files.list(parent)) {
            return folders.sorted().toList();
        }
    }
}
