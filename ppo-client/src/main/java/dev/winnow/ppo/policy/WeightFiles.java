package dev.winnow.ppo.policy;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.winnow.ppo.tensor.ModelFileException;
import dev.winnow.ppo.tensor.Safetensors;
import dev.winnow.ppo.tensor.StoredType;
import dev.winnow.ppo.tensor.Weights;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/** The files of a directory that hold its weights: one, or several shards and an index of them. */
final class WeightFiles implements Closeable {
    private static final String SINGLE = "model.safetensors";
    private static final String INDEX = "model.safetensors.index.json";

    private final Path listing;
    private final Map<String, Safetensors> fileOfWeight = new HashMap<>();
    private final Map<String, Safetensors> opened = new HashMap<>();

    private WeightFiles(Path listing) {
        this.listing = listing;
    }

    static WeightFiles open(Path folder) throws IOException {
        boolean single = Files.exists(folder.resolve(SINGLE));
        if (!single && !Files.exists(folder.resolve(INDEX))) {
            throw new ModelFileException(folder.resolve(SINGLE), "missing", "it, or " + INDEX + " with its shards");
        }
        WeightFiles files = new WeightFiles(folder.resolve(single ? SINGLE : INDEX));
        try {
            if (single) {
                Safetensors file = files.openFile(SINGLE);
                file.names().forEach(name -> files.fileOfWeight.put(name, file));
            } else {
                files.openShards();
            }
            return files;
        } catch (IOException | RuntimeException e) {
            files.close();
            throw e;
        }
    }

    private void openShards() throws IOException {
        JsonFile index = JsonFile.read(listing);
        JsonFile map = index.child("weight_map")
                .orElseThrow(() -> index.refusal("weight_map", "missing", "the file of each weight"));
        for (Map.Entry<String, JsonElement> entry : map.object().entrySet()) {
            String shard = map.text(entry.getKey(), "");
            if (shard.isEmpty() || !Path.of(shard).equals(Path.of(shard).getFileName())) {
                throw map.refusal(entry.getKey(), entry.getValue().toString(), "the name of a file beside the index");
            }
            fileOfWeight.put(entry.getKey(), openFile(shard));
        }
    }

    private Safetensors openFile(String name) throws IOException {
        Safetensors file = opened.get(name);
        if (file == null) {
            Path path = listing.resolveSibling(name);
            if (!Files.isRegularFile(path)) {
                throw new ModelFileException(path, "missing", "a file, as " + listing.getFileName() + " names it");
            }
            file = new Safetensors(path);
            opened.put(name, file);
        }
        return file;
    }

    /** Returns the file that has a weight. */
    Safetensors of(String weight) throws ModelFileException {
        Safetensors file = fileOfWeight.get(weight);
        if (file == null) {
            throw new ModelFileException(
                    listing, weight, "missing", "a weight of the model that config.json describes");
        }
        return file;
    }

    @Override
    public void close() {
        opened.values().forEach(Safetensors::close);
    }

    /** Writes one file, or shards and their index where the weights take more bytes than one may have. */
    static void write(Path folder, Weights weights, StoredType type, long shardBytes) throws IOException {
        List<Map<String, Tensor>> shards = new ArrayList<>(List.of(new LinkedHashMap<>()));
        long bytes = 0;
        for (Map.Entry<String, Tensor> weight : weights.all().entrySet()) {
            long more = type.bytes(weight.getValue().numel());
            if (bytes > 0 && bytes + more > shardBytes) {
                shards.add(new LinkedHashMap<>());
                bytes = 0;
            }
            shards.getLast().put(weight.getKey(), weight.getValue());
            bytes += more;
        }
        if (shards.size() == 1) {
            Safetensors.write(folder.resolve(SINGLE), shards.getFirst(), type);
        } else {
            writeShards(folder, shards, type);
        }
    }

    private static void writeShards(Path folder, List<Map<String, Tensor>> shards, StoredType type) throws IOException {
        JsonObject weightMap = new JsonObject();
        long bytes = 0;
        for (int shard = 0; shard < shards.size(); shard++) {
            String name = "model-%05d-of-%05d.safetensors".formatted(shard + 1, shards.size());
            Safetensors.write(folder.resolve(name), shards.get(shard), type);
            for (Map.Entry<String, Tensor> weight : shards.get(shard).entrySet()) {
                weightMap.addProperty(weight.getKey(), name);
                bytes += type.bytes(weight.getValue().numel());
            }
        }
        JsonObject metadata = new JsonObject();
        metadata.addProperty("total_size", bytes);
        JsonObject index = new JsonObject();
        index.add("metadata", metadata);
        index.add("weight_map", weightMap);
        Files.writeString(folder.resolve(INDEX), index.toString());
    }
}
