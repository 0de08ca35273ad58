package dev.winnow.ppo.policy;

import com.google.gson.JsonObject;

/**
 * The shape of a model that is made anew; the names are those of {@code config.json}.
 *
 * @param hiddenSize a multiple of twice the heads
 * @param keyValueHeads a divisor of the heads
 * @param maximumPositions most tokens of a prompt with its response
 */
public record ModelShape(
        int hiddenSize,
        int intermediateSize,
        int layers,
        int heads,
        int keyValueHeads,
        int maximumPositions,
        boolean tiedEmbeddings) {
    private static final double NORM_EPSILON = 1e-5;
    private static final double ROTARY_BASE = 10_000;

    /** Returns what {@code config.json} has. */
    JsonObject toConfig(int vocabularySize, int endToken) {
        JsonObject config = new JsonObject();
        config.addProperty("model_type", "llama");
        config.addProperty("vocab_size", vocabularySize);
        config.addProperty("hidden_size", hiddenSize);
        config.addProperty("intermediate_size", intermediateSize);
        config.addProperty("num_hidden_layers", layers);
        config.addProperty("num_attention_heads", heads);
        config.addProperty("num_key_value_heads", keyValueHeads);
        config.addProperty("max_position_embeddings", maximumPositions);
        config.addProperty("rms_norm_eps", NORM_EPSILON);
        config.addProperty("rope_theta", ROTARY_BASE);
        config.addProperty("hidden_act", "silu");
        config.addProperty("tie_word_embeddings", tiedEmbeddings);
        config.addProperty("eos_token_id", endToken);
        return config;
    }
}
