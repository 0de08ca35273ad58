package dev.winnow.ppo.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.winnow.ppo.policy.TestingPolicies.Golden;
import dev.winnow.ppo.tensor.ComputeDevice;
import dev.winnow.ppo.tensor.ModelFileException;
import dev.winnow.ppo.tensor.StoredType;
import dev.winnow.ppo.tensor.Tensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.bytedeco.javacpp.PointerScope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Model directories: what is written is read again, and what is no Llama model is refused by name. */
class ModelDirectoryTest {
    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    private Path folder;

    @ParameterizedTest
    @EnumSource(names = {"F32", "F16", "BF16"})
    void readsWhatItWrote(StoredType type) throws IOException {
        Path written = folder.resolve("written");
        // Its weights are stored in 16 bits of the one kind; rounding those to the other changes them.
        Path source = TestingPolicies.folder(type == StoredType.F16 ? "llama3" : "grouped");
        try (Policy policy = Policy.read(source, ComputeDevice.CPU)) {
            policy.write(written, type);
        }

        assertThat(logits(written)).containsExactly(logits(source));
        assertThat(new ModelDirectory(written).config()).isEqualTo(new ModelDirectory(source).config());
        assertThat(Files.readString(written.resolve("config.json"))).contains("LlamaForCausalLM");
    }

    @Test
    void writesShardsWhereOneFileWouldBeTooLarge() throws IOException {
        Path written = folder.resolve("written");
        Path source = TestingPolicies.folder("tied");
        try (Policy policy = Policy.read(source, ComputeDevice.CPU)) {
            policy.write(written, StoredType.F32, 8_000);
        }

        try (Stream<Path> shards = Files.list(written)) {
            List<Path> large = shards.filter(file -> file.toString().endsWith(".safetensors"))
                    .filter(file -> file.toFile().length() > 10_000)
                    .toList();
            assertThat(large).isEmpty();
        }
        assertThat(written.resolve("model.safetensors.index.json")).exists();
        assertThat(logits(written)).containsExactly(logits(source));
    }

    @Test
    void writesNothingAmongOtherFiles() throws IOException {
        Path occupied = Files.createDirectory(folder.resolve("occupied"));
        Files.createFile(occupied.resolve("model.safetensors"));

        try (Policy policy = Policy.read(TestingPolicies.folder("tied"), ComputeDevice.CPU)) {
            assertThatThrownBy(() -> policy.write(occupied, StoredType.F32))
                    .isInstanceOf(ModelFileException.class)
                    .hasMessage("%s: has files (expected: an empty directory, or none)", occupied);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        "model_type": "llama"           | "model_type": "gpt2"            | model_type: gpt2 (expected: llama)
        "attention_bias": false         | "attention_bias": true          | attention_bias: true (expected: false)
        "mlp_bias": false               | "mlp_bias": true                | mlp_bias: true (expected: false)
        "hidden_act": "silu"            | "hidden_act": "gelu"            | hidden_act: "gelu" (expected: "silu")
        "num_key_value_heads": 2        | "num_key_value_heads": 3        | num_key_value_heads: 3 (expected: a divisor of the heads, 4)
        "head_dim": 4                   | "head_dim": 3                   | head_dim: 3 (expected: an even number)
        "hidden_size": 16               | "hidden_size": "wide"           | hidden_size: "wide" (expected: a whole number above 0)
        "hidden_size": 16               | "hidden_size": null             | hidden_size: missing (expected: a whole number above 0)
        "rope_type": "linear"           | "rope_type": "yarn"             | rope_scaling.rope_type: yarn (expected: default, linear or llama3)
        "factor": 3.0                   | "factor": -1                    | rope_scaling.factor: -1 (expected: a number above 0)
        "attention_bias": false         | "quantization_config": {}       | quantization_config: present (expected: weights in F32, F16 or BF16)
        "intermediate_size": 24         | "intermediate_size": 25         | model.layers.0.mlp.gate_proj.weight: [24, 16] (expected: [25, 16])
        "num_hidden_layers": 2          | "num_hidden_layers": 3          | model.layers.2.input_layernorm.weight: missing (expected: a weight of the model that config.json describes)
        """)
    void refusesConfigurationsByKey(String good, String bad, String message) throws IOException {
        Path copy = TestingPolicies.copy("linear", folder.resolve("copy"));
        String config = Files.readString(copy.resolve("config.json"));
        assertThat(config).contains(good);
        Files.writeString(copy.resolve("config.json"), config.replace(good, bad));

        assertThatThrownBy(() -> Policy.read(copy, ComputeDevice.CPU))
                .isInstanceOf(ModelFileException.class)
                .hasMessageStartingWith(copy.toString())
                .hasMessageEndingWith(": " + message);
    }

    @ParameterizedTest
    @CsvSource({
        "tied, config.json",
        "tied, tokenizer.json",
        "tied, model.safetensors",
        "llama3, model-00002-of-00003.safetensors"
    })
    void refusesMissingFilesByName(String model, String file) throws IOException {
        Path copy = TestingPolicies.copy(model, folder.resolve("copy"));
        Files.delete(copy.resolve(file));

        assertThatThrownBy(() -> Policy.read(copy, ComputeDevice.CPU))
                .isInstanceOf(ModelFileException.class)
                .hasMessageStartingWith(copy.resolve(file) + ": missing (expected: ");
    }

    @Test
    void refusesShardsOutsideOfTheDirectory() throws IOException {
        Path copy = TestingPolicies.copy("llama3", folder.resolve("copy"));
        Path index = copy.resolve("model.safetensors.index.json");
        Files.writeString(index, Files.readString(index).replace("model-00001", "../model-00001"));

        assertThatThrownBy(() -> Policy.read(copy, ComputeDevice.CPU))
                .isInstanceOf(ModelFileException.class)
                .hasMessageContaining("the name of a file beside the index");
    }

    @Test
    void takesEndTokensFromTheGenerationConfigBeforeTheConfig() throws IOException {
        Path copy = TestingPolicies.copy("tied", folder.resolve("copy"));
        assertThat(new ModelDirectory(copy).endTokens()).containsExactly(2);

        Files.writeString(copy.resolve("generation_config.json"), "{\"eos_token_id\": [5, 2]}");
        assertThat(new ModelDirectory(copy).endTokens()).containsExactly(5, 2);

        Files.writeString(copy.resolve("generation_config.json"), "{}");
        assertThat(new ModelDirectory(copy).endTokens()).containsExactly(2);

        Files.writeString(copy.resolve("generation_config.json"), "{\"eos_token_id\": 99}");
        assertThatThrownBy(() -> new ModelDirectory(copy).endTokens())
                .isInstanceOf(ModelFileException.class)
                .hasMessageEndingWith("eos_token_id: 99 (expected: token ids below 99)");
    }

    private static float[] logits(Path folder) throws IOException {
        TokenBatch batch = TokenBatch.leftPadded(
                Golden.logits(TestingPolicies.folder("tied")).prompts());
        try (Policy policy = Policy.read(folder, ComputeDevice.CPU);
                PointerScope _ = new PointerScope()) {
            return Tensors.floats(policy.logits(batch));
        }
    }
}
