package dev.winnow.loadtest.bundle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** One version of a bundle, as its manifest has it: as much as a load test must know. {@code docs/reward-bundle.md}. */
public final class Bundle {
    public static final String MANIFEST = "reward-model.yaml";

    private final Path folder;
    private final JsonNode manifest;

    private Bundle(Path folder, JsonNode manifest) {
        this.folder = folder;
        this.manifest = manifest;
    }

    /** Opens the folder of a version. */
    public static Bundle open(Path folder) throws IOException {
        return new Bundle(
                folder, new YAMLMapper().readTree(folder.resolve(MANIFEST).toFile()));
    }

    /**
     * Opens the version of a bundle whose number is the highest.
     *
     * @throws IOException where there is none
     */
    public static Bundle latest(Path bundles, String name) throws IOException {
        Path versions = bundles.resolve(name);
        if (!Files.isDirectory(versions)) {
            throw new IOException(
                    "bundle: %s is no folder (expected: one with a folder a version)".formatted(versions));
        }
        try (Stream<Path> folders = Files.list(versions)) {
            Path latest = folders.filter(
                            folder -> folder.getFileName().toString().matches("\\d{1,9}"))
                    .max((one, other) -> Integer.compare(number(one), number(other)))
                    .orElseThrow(() -> new IOException(
                            "bundle: %s has no version (expected: a folder with a number)".formatted(versions)));
            return open(latest);
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

    /** Returns the rewards that read an input, in the order of the manifest. */
    public List<String> rewards(String input) {
        List<String> rewards = new ArrayList<>();
        manifest.path("rewards").properties().forEach(reward -> {
            if (reward.getValue().path("input").asText().equals(input)) {
                rewards.add(reward.getKey());
            }
        });
        return rewards;
    }

    /** Returns the input that most rewards read; of several, the first. */
    public String mainInput() {
        String main = "";
        for (Map.Entry<String, JsonNode> input : manifest.path("inputs").properties()) {
            if (main.isEmpty() || rewards(input.getKey()).size() > rewards(main).size()) {
                main = input.getKey();
            }
        }
        return main;
    }

    /** Returns the pieces of an input. */
    public List<Piece> pieces(String input) {
        List<Piece> pieces = new ArrayList<>();
        manifest.path("inputs").path(input).path("pieces").forEach(piece -> pieces.add(Piece.of(piece)));
        return pieces;
    }

    /** Whether an input has a piece of a kind. */
    public boolean reads(String input, String kind) {
        return pieces(input).stream().anyMatch(piece -> piece.kind().equals(kind));
    }

    /** Returns how many tokens of an input are left for the response where all other pieces are as long as they may be. */
    public int tokensForResponse(String input) {
        return maximumTokens()
                - pieces(input).stream().mapToInt(Piece::mostTokens).sum();
    }
}
