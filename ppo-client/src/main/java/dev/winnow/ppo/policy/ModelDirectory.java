package dev.winnow.ppo.policy;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.winnow.ppo.tensor.ComputeDevice;
import dev.winnow.ppo.tensor.ModelFileException;
import dev.winnow.ppo.tensor.Safetensors;
import dev.winnow.ppo.tensor.StoredType;
import dev.winnow.ppo.tensor.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.bytedeco.javacpp.PointerScope;

/**
 * A directory as {@code save_pretrained} of Hugging Face writes it: {@code config.json}, {@code tokenizer.json}, and
 * {@code model.safetensors} or the shards that {@code model.safetensors.index.json} names.
 */
public final class ModelDirectory {
    private static final String CONFIG = "config.json";
    static final String GENERATION_CONFIG = "generation_config.json";
    /** Beside the weights; all but the first may be missing. */
    static final List<String> TOKENIZER_FILES = List.of(
            "tokenizer.json",
            "tokenizer_config.json",
            "special_tokens_map.json",
            "added_tokens.json",
            "chat_template.jinja",
            GENERATION_CONFIG);

    private static final Gson PRETTY = new GsonBuilder().setPrettyPrinting().create();

    private final Path folder;
    private final JsonFile configFile;
    private final LlamaConfig config;

    /**
     * Opens a directory.
     *
     * @throws ModelFileException where it holds something else than a Llama model with its tokenizer
     */
    public ModelDirectory(Path folder) throws IOException {
        this.folder = folder;
        this.configFile = JsonFile.read(folder.resolve(CONFIG));
        this.config = LlamaConfig.of(configFile);
        if (!Files.isRegularFile(tokenizerFile())) {
            throw new ModelFileException(tokenizerFile(), "missing", "a file of a Hugging Face model directory");
        }
    }

    public LlamaConfig config() {
        return config;
    }

    Path tokenizerFile() {
        return folder.resolve(TOKENIZER_FILES.getFirst());
    }

    /** Returns the ids of the tokens that end a response. */
    Set<Integer> endTokens() throws IOException {
        Path generation = folder.resolve(GENERATION_CONFIG);
        Optional<Set<Integer>> ends = Files.exists(generation) ? ends(JsonFile.read(generation)) : Optional.empty();
        return ends.isPresent() ? ends.get() : ends(configFile).orElse(Set.of());
    }

    private Optional<Set<Integer>> ends(JsonFile file) throws ModelFileException {
        return file.value(
                "eos_token_id",
                ModelDirectory::ids,
                ids -> ids.stream().allMatch(id -> id >= 0 && id < config.vocabularySize()),
                "token ids below " + config.vocabularySize());
    }

    private static Set<Integer> ids(JsonElement element) {
        Set<Integer> ids = new LinkedHashSet<>();
        if (element.isJsonArray()) {
            element.getAsJsonArray().forEach(id -> ids.add(id.getAsInt()));
        } else {
            ids.add(element.getAsInt());
        }
        return ids;
    }

    /**
     * Reads weights into fp32; they live until they are closed.
     *
     * @param shapes of the weights, by name; what else the files have is left
     * @throws ModelFileException where one is missing or of another shape
     */
    Weights read(Map<String, long[]> shapes, ComputeDevice device) throws IOException {
        Weights weights = new Weights(device);
        try (WeightFiles files = WeightFiles.open(folder)) {
            for (Map.Entry<String, long[]> shape : shapes.entrySet()) {
                try (PointerScope _ = new PointerScope()) {
                    Safetensors file = files.of(shape.getKey());
                    weights.put(shape.getKey(), file.read(shape.getKey(), ComputeDevice.CPU, shape.getValue()));
                }
            }
            return weights;
        } catch (IOException | RuntimeException e) {
            weights.close();
            throw e;
        }
    }

    /**
     * Writes a directory of the same tokenizer and shape with other weights, which Hugging Face's libraries read.
     *
     * @param target does not exist or is empty, so that no file of another model stays among the new ones
     * @param architecture the class of transformers that has these weights
     * @param shardBytes a file takes no more bytes of weights, unless one alone has more
     */
    void write(Path target, Weights weights, StoredType type, String architecture, long shardBytes) throws IOException {
        JsonObject written = configFor(type, architecture);
        Files.createDirectories(target);
        try (Stream<Path> files = Files.list(target)) {
            if (files.findAny().isPresent()) {
                throw new ModelFileException(target, "has files", "an empty directory, or none");
            }
        }
        for (String name : TOKENIZER_FILES) {
            if (Files.exists(folder.resolve(name))) {
                Files.copy(folder.resolve(name), target.resolve(name));
            }
        }
        WeightFiles.write(target, weights, type, shardBytes);
        Files.writeString(target.resolve(CONFIG), PRETTY.toJson(written));
    }

    private JsonObject configFor(StoredType type, String architecture) {
        JsonObject written = configFile.object().deepCopy();
        JsonArray architectures = new JsonArray();
        architectures.add(architecture);
        written.add("architectures", architectures);
        written.remove("dtype");
        written.addProperty(
                "torch_dtype",
                switch (type) {
                    case F32 -> "float32";
                    case F16 -> "float16";
                    case BF16 -> "bfloat16";
                    case I64 -> throw new IllegalArgumentException("weights: I64 (expected: F32, F16 or BF16)");
                });
        return written;
    }
}
