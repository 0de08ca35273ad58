package dev.winnow.service.text;

import java.util.List;
import java.util.OptionalInt;

/** A reward model's own tokenizer. Thread-safe. Adds no special tokens, never pads and never truncates. */
public interface Tokenizer extends AutoCloseable {
    /**
     * Tokenises a caller's text. A special token that it spells, such as {@code [SEP]}, stays text: no caller can write
     * the model's control tokens.
     */
    TokenizedText tokenize(String text);

    /** Vocabulary ids of a text of the bundle's own, in which special tokens are recognised. */
    List<Integer> tokenizeFixed(String text);

    /** Vocabulary id of a token given by its exact name, such as {@code [CLS]}. */
    OptionalInt idOf(String token);

    @Override
    void close();
}
