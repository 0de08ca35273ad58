package dev.winnow.service.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.winnow.service.domain.Density;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/** Reads {@code reward-model.yaml}. What it lets through is complete and consistent in itself. */
public final class ManifestReader {
    /** Version of the format that this reader knows. */
    private static final int SCHEMA = 1;

    /** Every worker holds buffers for the longest row; no encoder reads more than this. */
    private static final int MAXIMUM_TOKENS = 1 << 20;

    private static final Set<String> KEYS = Set.of(
            "schema",
            "name",
            "version",
            "description",
            "license",
            "precision",
            "maximum_tokens",
            "files",
            "golden_tolerance",
            "tensors",
            "inputs",
            "rewards");
    private static final Set<String> REWARD_KEYS = Set.of(
            "meaning",
            "input",
            "range",
            "inverse",
            "link",
            "mean",
            "std",
            "scale",
            "bias",
            "default_density",
            "densities");

    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * Reads the text of a manifest.
     *
     * @throws InvalidManifestException with the place of the first fault
     */
    public Manifest read(String yaml) {
        ManifestNode root = new ManifestNode("", parse(yaml)).mapping(KEYS);
        if (root.at("schema").integer(0) != SCHEMA) {
            throw root.at("schema").error(root.at("schema").json(), String.valueOf(SCHEMA));
        }
        Map<String, InputLayout> inputs = new LinkedHashMap<>();
        root.at("inputs").children().forEach((name, node) -> inputs.put(name, InputLayoutReader.read(name, node)));
        Map<String, RewardSpecification> rewards = new LinkedHashMap<>();
        root.at("rewards").children().forEach((name, node) -> rewards.put(name, readReward(name, node, inputs)));
        if (rewards.isEmpty()) {
            throw root.at("rewards").error("empty", "at least one reward");
        }
        return new Manifest(
                root.at("name").text(),
                root.at("version").text(),
                root.at("description").text(),
                root.at("license").text(),
                root.at("precision").oneOf(Precision.class, Set.of("fp16")),
                readMaximumTokens(root.at("maximum_tokens")),
                readFiles(root.at("files")),
                readTolerance(root.at("golden_tolerance")),
                readTensors(root.at("tensors")),
                inputs,
                rewards);
    }

    private static JsonNode parse(String yaml) {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        try {
            return JSON.valueToTree(new Yaml(new SafeConstructor(options)).load(yaml));
        } catch (YAMLException e) {
            throw new InvalidManifestException("not YAML: " + e.getMessage());
        }
    }

    /** Every bundle has the three; the fourth has the weights that do not fit into the graph's file. */
    private static Map<String, String> readFiles(ManifestNode node) {
        node.mapping(Set.of("model.onnx", Manifest.MODEL_DATA, "tokenizer.json", "golden.jsonl"));
        List.of("model.onnx", "tokenizer.json", "golden.jsonl").forEach(node::at);
        Map<String, String> hashes = new TreeMap<>();
        node.children().forEach((name, hash) -> hashes.put(name, readSha256(hash)));
        return hashes;
    }

    private static String readSha256(ManifestNode node) {
        String hash = node.text();
        if (!hash.matches("[0-9a-f]{64}")) {
            throw node.error(hash, "64 lower-case hexadecimal digits");
        }
        return hash;
    }

    private static int readMaximumTokens(ManifestNode node) {
        if (node.integer(1) > MAXIMUM_TOKENS) {
            throw node.error(node.json(), "at most " + MAXIMUM_TOKENS);
        }
        return node.integer(1);
    }

    private static double readTolerance(ManifestNode node) {
        if (node.number() < 0) {
            throw node.error(node.json(), "a number >= 0");
        }
        return node.number();
    }

    private static Map<TensorRole, String> readTensors(ManifestNode node) {
        node.mapping(Set.of("input_ids", "attention_mask", "token_type_ids"));
        Map<TensorRole, String> tensors = new EnumMap<>(TensorRole.class);
        node.children()
                .forEach((role, name) -> tensors.put(TensorRole.valueOf(role.toUpperCase(Locale.ROOT)), name.text()));
        node.at("input_ids");
        return tensors;
    }

    private static RewardSpecification readReward(String name, ManifestNode node, Map<String, InputLayout> inputs) {
        node.mapping(REWARD_KEYS);
        if (!name.matches("[a-z][a-z0-9_-]*")) {
            throw node.error(name, "a name of lower-case letters, digits, - and _");
        }
        String input = node.at("input").text();
        if (!inputs.containsKey(input)) {
            throw node.at("input").error(input, "one of " + inputs.keySet());
        }
        node.at("inverse").text();
        Map<Density, ReadOut> readOuts = new EnumMap<>(Density.class);
        node.at("densities")
                .children()
                .forEach((density, readOut) -> readOuts.put(
                        readDensity(density, readOut), readReadOut(readDensity(density, readOut), readOut)));
        Density defaultDensity = node.at("default_density").oneOf(Density.class, Set.of());
        if (!readOuts.containsKey(defaultDensity)) {
            throw node.at("default_density").error(defaultDensity, "one of " + readOuts.keySet());
        }
        return new RewardSpecification(
                name,
                node.at("meaning").text(),
                input,
                readRange(node.at("range"), 0),
                readRange(node.at("range"), 1),
                node.at("link").oneOf(Link.class, Set.of()),
                readNormalisation(node),
                defaultDensity,
                readOuts);
    }

    private static Density readDensity(String name, ManifestNode node) {
        try {
            return Density.valueOf(name);
        } catch (IllegalArgumentException e) {
            throw node.error(name, "one of " + List.of(Density.values()));
        }
    }

    private static ReadOut readReadOut(Density density, ManifestNode node) {
        node.mapping(Set.of("output", "label", "read_out", "statistics"));
        Set<String> reserved = Set.of("separator", "prefix_difference", "piece");
        Pooling pooling = node.at("read_out").oneOf(Pooling.class, reserved);
        if (pooling == Pooling.POOLED && density != Density.SEQUENCE) {
            throw node.at("read_out").error("pooled at " + density, "pooled at SEQUENCE alone: it is one value a row");
        }
        return new ReadOut(node.at("output").text(), node.at("label").integer(0), pooling, readStatistics(node));
    }

    private static Optional<ValueStatistics> readStatistics(ManifestNode readOut) {
        if (!readOut.has("statistics")) {
            return Optional.empty();
        }
        ManifestNode node = readOut.at("statistics").mapping(Set.of("mean", "std"));
        return Optional.of(new ValueStatistics(
                readStatistic(node.at("mean"), -Float.MAX_VALUE), readStatistic(node.at("std"), 0)));
    }

    /** A float, as the values are. */
    private static float readStatistic(ManifestNode node, float minimum) {
        if (node.number() < minimum || node.number() > Float.MAX_VALUE) {
            throw node.error(node.json(), "a number from %s to %s".formatted(minimum, Float.MAX_VALUE));
        }
        return (float) node.number();
    }

    private static double readRange(ManifestNode node, int index) {
        if (node.elements().size() != 2
                || node.elements().get(0).bound() >= node.elements().get(1).bound()) {
            throw node.error(node.json(), "[minimum, maximum] with minimum < maximum");
        }
        return node.elements().get(index).bound();
    }

    private static Normalisation readNormalisation(ManifestNode node) {
        try {
            return new Normalisation(
                    node.at("mean").number(),
                    node.at("std").number(),
                    node.at("scale").number(),
                    node.at("bias").number());
        } catch (IllegalArgumentException e) {
            throw new InvalidManifestException(node.path() + "." + e.getMessage());
        }
    }
}
