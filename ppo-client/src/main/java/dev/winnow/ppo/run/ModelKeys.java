package dev.winnow.ppo.run;

import dev.winnow.ppo.config.Configuration;
import dev.winnow.ppo.config.Key;
import dev.winnow.ppo.config.Kind;
import dev.winnow.ppo.policy.ModelShape;
import dev.winnow.ppo.rollout.Settings;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Keys of a model that is trained from scratch. */
final class ModelKeys {
    static final Key<Optional<Path>> TOKENIZER = Key.optional(
            "model.tokenizer",
            Kind.PATH,
            "Folder with the tokenizer.json of a model that is made anew, in place of policy");
    static final Key<String> END_TOKEN =
            Key.of("model.end_token", Kind.TEXT, "</s>", "The token of it that ends a response");
    private static final Key<Integer> HIDDEN_SIZE =
            Key.of("model.hidden_size", Kind.WHOLE, 256, "Numbers of a hidden state");
    private static final Key<Integer> INTERMEDIATE_SIZE =
            Key.of("model.intermediate_size", Kind.WHOLE, 688, "The same inside of a feed-forward part");
    private static final Key<Integer> LAYERS = Key.of("model.layers", Kind.WHOLE, 6, "Layers");
    private static final Key<Integer> HEADS = Key.of("model.heads", Kind.WHOLE, 4, "Heads of attention");
    private static final Key<Integer> KEY_VALUE_HEADS =
            Key.of("model.key_value_heads", Kind.WHOLE, 4, "Heads of keys and values; a divisor of the heads");
    private static final Key<Integer> MAXIMUM_POSITIONS =
            Key.of("model.maximum_positions", Kind.WHOLE, 256, "Most tokens of a prompt with its response");
    private static final Key<Boolean> TIED_EMBEDDINGS = Key.of(
            "model.tied_embeddings", Kind.TRUTH, true, "Whether logits are read with the embeddings of the input");

    static final List<Key<?>> ALL = List.of(
            TOKENIZER,
            END_TOKEN,
            HIDDEN_SIZE,
            INTERMEDIATE_SIZE,
            LAYERS,
            HEADS,
            KEY_VALUE_HEADS,
            MAXIMUM_POSITIONS,
            TIED_EMBEDDINGS);

    private ModelKeys() {}

    /**
     * Returns the shape.
     *
     * @throws dev.winnow.ppo.config.ConfigurationException where a number is out of range
     */
    static ModelShape shape(Configuration from) {
        try {
            for (Key<Integer> key :
                    List.of(HIDDEN_SIZE, INTERMEDIATE_SIZE, LAYERS, HEADS, KEY_VALUE_HEADS, MAXIMUM_POSITIONS)) {
                Settings.require(from.get(key) >= 1, key.name(), from.get(key), "1 or above");
            }
            int heads = from.get(HEADS);
            Settings.require(
                    from.get(HIDDEN_SIZE) % (2 * heads) == 0,
                    HIDDEN_SIZE.name(),
                    from.get(HIDDEN_SIZE),
                    "a multiple of twice the %d heads".formatted(heads));
            Settings.require(
                    heads % from.get(KEY_VALUE_HEADS) == 0,
                    KEY_VALUE_HEADS.name(),
                    from.get(KEY_VALUE_HEADS),
                    "a divisor of the %d heads".formatted(heads));
        } catch (IllegalArgumentException e) {
            throw from.refusal(e);
        }
        return new ModelShape(
                from.get(HIDDEN_SIZE),
                from.get(INTERMEDIATE_SIZE),
                from.get(LAYERS),
                from.get(HEADS),
                from.get(KEY_VALUE_HEADS),
                from.get(MAXIMUM_POSITIONS),
                from.get(TIED_EMBEDDINGS));
    }
}
