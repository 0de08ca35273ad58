package dev.winnow.ppo.policy;

import com.google.gson.JsonPrimitive;
import dev.winnow.ppo.tensor.ModelFileException;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * The shape of a Llama decoder, as {@code config.json} has it.
 *
 * @param width of a hidden state, {@code hidden_size}
 * @param innerWidth of the feed-forward part, {@code intermediate_size}
 * @param keyValueHeads heads of keys and values, each read by {@code heads / keyValueHeads} heads of queries
 * @param headWidth of one head; even, as its numbers are rotated in pairs
 * @param maximumPositions the most tokens of a prompt with its response
 * @param normEpsilon is added to the mean square before its root
 * @param rotaryBase the wavelengths grow from 2 pi to almost this times 2 pi positions
 * @param tiedEmbeddings whether the logits are read with the embeddings of the input
 */
public record LlamaConfig(
        int vocabularySize,
        int width,
        int innerWidth,
        int layers,
        int heads,
        int keyValueHeads,
        int headWidth,
        int maximumPositions,
        double normEpsilon,
        double rotaryBase,
        RotaryScaling rotaryScaling,
        boolean tiedEmbeddings) {

    static final String EMBEDDINGS = "model.embed_tokens.weight";
    static final String FINAL_NORM = "model.norm.weight";
    static final String OUTPUT = "lm_head.weight";

    /** Reads a configuration and refuses any that would have to be computed otherwise. */
    static LlamaConfig of(JsonFile config) throws ModelFileException {
        if (!config.text("model_type", "").equals("llama")) {
            throw config.refusal("model_type", config.text("model_type", "missing"), "llama");
        }
        JsonPrimitive no = new JsonPrimitive(false);
        config.require("attention_bias", no);
        config.require("mlp_bias", no);
        config.require("hidden_act", new JsonPrimitive("silu"));
        if (config.child("quantization_config").isPresent()) {
            throw config.refusal("quantization_config", "present", "weights in F32, F16 or BF16");
        }
        int heads = config.positive("num_attention_heads");
        int width = config.positive("hidden_size");
        if (width % heads != 0 && !config.object().has("head_dim")) {
            throw config.refusal("hidden_size", "" + width, "a multiple of the heads, " + heads);
        }
        // Transformers 5 puts base and scaling together.
        Optional<JsonFile> rotary = config.child("rope_parameters");
        LlamaConfig result = new LlamaConfig(
                config.positive("vocab_size"),
                width,
                config.positive("intermediate_size"),
                config.positive("num_hidden_layers"),
                heads,
                config.positive("num_key_value_heads", heads),
                config.positive("head_dim", width / heads),
                config.positive("max_position_embeddings"),
                config.positiveNumber("rms_norm_eps"),
                rotary.orElse(config).positiveNumber("rope_theta", 10_000),
                RotaryScaling.of(rotary.isPresent() ? rotary : config.child("rope_scaling")),
                config.flag("tie_word_embeddings", false));
        if (heads % result.keyValueHeads != 0) {
            throw config.refusal("num_key_value_heads", "" + result.keyValueHeads, "a divisor of the heads, " + heads);
        }
        if (result.headWidth % 2 != 0) {
            throw config.refusal("head_dim", "" + result.headWidth, "an even number");
        }
        return result;
    }

    /** Returns the names and shapes of the weights of a language model. */
    SequencedMap<String, long[]> shapes() {
        SequencedMap<String, long[]> shapes = trunkShapes();
        if (!tiedEmbeddings) {
            shapes.put(OUTPUT, new long[] {vocabularySize, width});
        }
        return shapes;
    }

    /** Returns the names and shapes of the weights of the decoder without what reads its hidden states. */
    SequencedMap<String, long[]> trunkShapes() {
        SequencedMap<String, long[]> shapes = new LinkedHashMap<>();
        shapes.put(EMBEDDINGS, new long[] {vocabularySize, width});
        for (int layer = 0; layer < layers; layer++) {
            String prefix = DecoderLayer.prefix(layer);
            long queries = (long) heads * headWidth;
            long keys = (long) keyValueHeads * headWidth;
            shapes.put(prefix + "input_layernorm.weight", new long[] {width});
            shapes.put(prefix + "self_attn.q_proj.weight", new long[] {queries, width});
            shapes.put(prefix + "self_attn.k_proj.weight", new long[] {keys, width});
            shapes.put(prefix + "self_attn.v_proj.weight", new long[] {keys, width});
            shapes.put(prefix + "self_attn.o_proj.weight", new long[] {width, queries});
            shapes.put(prefix + "post_attention_layernorm.weight", new long[] {width});
            shapes.put(prefix + "mlp.gate_proj.weight", new long[] {innerWidth, width});
            shapes.put(prefix + "mlp.up_proj.weight", new long[] {innerWidth, width});
            shapes.put(prefix + "mlp.down_proj.weight", new long[] {width, innerWidth});
        }
        shapes.put(FINAL_NORM, new long[] {width});
        return shapes;
    }
}
