package dev.winnow.ppo.policy;

import dev.winnow.ppo.tensor.Scopes;
import dev.winnow.ppo.tensor.Weights;
import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/**
 * One layer of a Llama decoder: attention over what a token sees, then a feed-forward part, each behind a norm and
 * beside a path that skips it. Hidden states are {@code [rows, width, config.width()]}.
 */
record DecoderLayer(LlamaConfig config, Weights weights, int index) {
    /**
     * What a forward pass has in common in all layers.
     *
     * @param mask {@code [rows, 1, width, columns]}, true where a column is seen; null where all up to itself are
     * @param causal whether {@code mask} is null and there is more than one column that is not in the cache
     */
    record Context(
            RotaryEmbedding rotary,
            @Nullable Tensor mask,
            boolean causal,
            @Nullable KeyValueCache cache) {}

    static String prefix(int layer) {
        return "model.layers." + layer + ".";
    }

    Tensor forward(Tensor hidden, Context context) {
        return Scopes.keep(() -> {
            Tensor attended = hidden.add(attend(norm(hidden, "input_layernorm"), context));
            return attended.add(feedForward(norm(attended, "post_attention_layernorm")));
        });
    }

    private Tensor attend(Tensor hidden, Context context) {
        long rows = hidden.size(0);
        long width = hidden.size(1);
        Tensor queries = context.rotary().rotate(heads(linear(hidden, "self_attn.q_proj"), config.heads()));
        Tensor keys = context.rotary().rotate(heads(linear(hidden, "self_attn.k_proj"), config.keyValueHeads()));
        Tensor values = heads(linear(hidden, "self_attn.v_proj"), config.keyValueHeads());
        if (context.cache() != null) {
            keys = context.cache().appendKeys(index, keys);
            values = context.cache().appendValues(index, values);
        }
        TensorOptional mask = context.mask() == null ? new TensorOptional() : new TensorOptional(context.mask());
        boolean grouped = config.heads() != config.keyValueHeads();
        Tensor mixed = torch.scaled_dot_product_attention(
                queries, keys, values, mask, /* dropout */ 0, context.causal(), new DoubleOptional(), grouped);
        return linear(mixed.transpose(1, 2).reshape(rows, width, -1), "self_attn.o_proj");
    }

    private Tensor feedForward(Tensor hidden) {
        Tensor gate = torch.silu(linear(hidden, "mlp.gate_proj"));
        return linear(gate.mul(linear(hidden, "mlp.up_proj")), "mlp.down_proj");
    }

    /** Returns {@code [rows, heads, width, headWidth]} of {@code [rows, width, heads * headWidth]}. */
    private Tensor heads(Tensor columns, int heads) {
        return columns.view(columns.size(0), columns.size(1), heads, config.headWidth())
                .transpose(1, 2);
    }

    private Tensor linear(Tensor input, String name) {
        return torch.linear(input, weight(name));
    }

    private Tensor norm(Tensor hidden, String name) {
        return Llama.norm(hidden, weight(name), config);
    }

    private Tensor weight(String name) {
        return weights.get(prefix(index) + name + ".weight");
    }
}
