package dev.winnow.ppo.policy;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import dev.winnow.ppo.tensor.ComputeDevice;
import dev.winnow.ppo.tensor.ModelFileException;
import dev.winnow.ppo.tensor.StoredType;
import dev.winnow.ppo.tensor.Tensors;
import dev.winnow.ppo.tensor.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import org.bytedeco.javacpp.PointerScope;

/**
 * Makes models that have learnt nothing. Weights are drawn from a normal distribution of mean 0 and deviation 0.02, those
 * that add to the path around a layer from one that is narrower by {@code sqrt(2 * layers)}, as GPT-2's; norms are 1.
 */
public final class NewModel {
    private static final double DEVIATION = 0.02;

    private NewModel() {}

    /**
     * Writes a Hugging Face directory.
     *
     * @param target does not exist or is empty
     * @param tokenizer a folder with a {@code tokenizer.json}
     * @param endToken the token of it that ends a response
     * @param seed of the weights
     * @throws ModelFileException where the shape or the tokenizer is not what it must be
     */
    public static void write(Path target, Path tokenizer, ModelShape shape, String endToken, long seed)
            throws IOException {
        JsonFile tokens = JsonFile.read(tokenizer.resolve("tokenizer.json"));
        Integer end = PolicyTokenizer.id(tokens.object(), endToken);
        if (end == null) {
            throw tokens.refusal("vocab", "no " + endToken, "the token that ends a response");
        }
        JsonObject config = shape.toConfig(PolicyTokenizer.largestId(tokens.object()) + 1, end);
        Files.createDirectories(target);
        Path configFile = target.resolve("config.json");
        LlamaConfig parsed = LlamaConfig.of(new JsonFile(configFile, "", config));
        for (String name : ModelDirectory.TOKENIZER_FILES) {
            if (Files.exists(tokenizer.resolve(name)) && !name.equals(ModelDirectory.GENERATION_CONFIG)) {
                Files.copy(tokenizer.resolve(name), target.resolve(name));
            }
        }
        try (Weights weights = draw(parsed, seed)) {
            WeightFiles.write(target, weights, StoredType.F32, Policy.SHARD_BYTES);
        }
        Files.writeString(
                configFile, new GsonBuilder().setPrettyPrinting().create().toJson(config));
    }

    private static Weights draw(LlamaConfig config, long seed) {
        Weights weights = new Weights(ComputeDevice.CPU);
        SplittableRandom random = new SplittableRandom(seed);
        for (Map.Entry<String, long[]> shape : config.shapes().entrySet()) {
            float[] numbers = numbers(shape.getKey(), shape.getValue(), config, random.split());
            try (PointerScope _ = new PointerScope()) {
                weights.put(shape.getKey(), Tensors.of(numbers, ComputeDevice.CPU, shape.getValue()));
            }
        }
        return weights;
    }

    private static float[] numbers(String name, long[] shape, LlamaConfig config, SplittableRandom random) {
        float[] numbers = new float[Math.toIntExact(Arrays.stream(shape).reduce(1, Math::multiplyExact))];
        if (shape.length == 1) {
            Arrays.fill(numbers, 1);
            return numbers;
        }
        boolean addsToPath = name.endsWith("o_proj.weight") || name.endsWith("down_proj.weight");
        double deviation = addsToPath ? DEVIATION / Math.sqrt(2.0 * config.layers()) : DEVIATION;
        for (int index = 0; index < numbers.length; index++) {
            numbers[index] = (float) (deviation * random.nextGaussian());
        }
        return numbers;
    }
}
