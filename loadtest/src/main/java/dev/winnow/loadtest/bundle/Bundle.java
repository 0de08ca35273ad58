package dev.winnow.loadtest.bundle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * One version of a bundle and one of its inputs, as the manifest has them: as much as a load test must know. {@code
 * docs/reward-bundle.md} has the format.
 */
public final class Bundle {
    public static final String MANIFEST = "reward-model.yaml";

    private final Path folder;
    private final JsonNode manifest;
    private final String input;

    private Bundle(Path folder, JsonNode manifest, String input) {
        this.folder = folder;
        this.manifest = manifest;
        this.input = input;
    }

    /**
     * Opens the folder of a version.
     *
     * @param input of the bundle; empty for the one that most rewards read, of several the first
     * @throws IOException where there is none, or no such input
     */
    public static Bundle open(Path folder, String input) throws IOException {
        JsonNode manifest = manifest(folder.resolve(MANIFEST));
        List<String> inputs = new ArrayList<>();
        manifest.path("inputs").fieldNames().forEachRemaining(inputs::add);
        String chosen = input.isEmpty()
                ? Collections.max(
                        inputs,
                        Comparator.comparingInt(name -> rewards(manifest, name).size()))
                : input;
        if (!inputs.contains(chosen)) {
            throw new IOException("input of %s: %s (expected: one of %s)".formatted(folder, input, inputs));
        }
        return new Bundle(folder, manifest, chosen);
    }

    private static JsonNode manifest(Path file) throws IOException {
        try (Reader reader = Files.newBufferedReader(file)) {
            Object parsed = new Yaml(new SafeConstructor(new LoaderOptions())).load(reader);
            return new ObjectMapper().valueToTree(parsed);
        }
    }

    /**
     * Opens the version of a bundle whose number is the highest.
     *
     * @param name {@code BUNDLE} or {@code BUNDLE/INPUT}
     * @throws IOException where there is none
     */
    public static Bundle latest(Path bundles, String name) throws IOException {
        String[] parts = name.split("/", 2);
        Path versions = bundles.resolve(parts[0]);
        if (!Files.isDirectory(versions)) {
            throw new IOException(
                    "bundle: %s is no folder (expected: one with a folder a version)".formatted(versions));
        }
        try (Stream<Path> folders = Files.list(versions)) {
            Path latest = folders.filter(
                            folder -> folder.getFileName().toString().matches("\\d{1,9}"))
                    .max(Comparator.comparingInt(Bundle::number))
                    .orElseThrow(() -> new IOException(
                            "bundle: %s has no version (expected: a folder with a number)".formatted(versions)));
            return open(latest, parts.length > 1 ? parts[1] : "");
        }
    }

    private static int number(Path folder) {
        return Integer.parseInt(folder.getFileName().toString());
    }

    public Path folder() {
        return folder;
    }

    public String name() {
        return manifest.path("name").asText();
    }

    /** Most tokens of a row, special tokens included. */
    public int maximumTokens() {
        return manifest.path("maximum_tokens").asInt();
    }

    /** Returns the names of the graph's inputs, by what they are: {@code input_ids}, ... */
    public Map<String, String> tensors() {
        Map<String, String> tensors = new TreeMap<>();
        manifest.path("tensors")
                .properties()
                .forEach(
                        tensor -> tensors.put(tensor.getKey(), tensor.getValue().asText()));
        return tensors;
    }

    public String input() {
        return input;
    }

    /** Returns the rewards that read the input, in the order of the manifest. */
    public List<String> rewards() {
        return rewards(manifest, input);
    }

    private static List<String> rewards(JsonNode manifest, String input) {
        List<String> rewards = new ArrayList<>();
        manifest.path("rewards").properties().forEach(reward -> {
            if (reward.getValue().path("input").asText().equals(input)) {
                rewards.add(reward.getKey());
            }
        });
        return rewards;
    }

    /** Returns the pieces of the input. */
    public List<Piece> pieces() {
        List<Piece> pieces = new ArrayList<>();
        manifest.path("inputs").path(input).path("pieces").forEach(piece -> pieces.add(Piece.of(piece)));
        return pieces;
    }

    /** Whether the input has a piece of a kind. */
    public boolean reads(String kind) {
        return pieces().stream().anyMatch(piece -> piece.kind().equals(kind));
    }

    /** Returns how many tokens are left for the response where all other pieces are as long as they may be. */
    public int tokensForResponse() {
        return maximumTokens() - pieces().stream().mapToInt(Piece::mostTokens).sum();
    }
}
