package dev.winnow.service.text;

import java.util.OptionalInt;

/** A reward model's own tokenizer. Thread-safe. Adds no special tokens, never pads and never truncates. */
public interface Tokenizer extends AutoCloseable {
    TokenizedText tokenize(String text);

    /** Vocabulary id of a token given by its exact name, such as {@code [CLS]}. */
    OptionalInt idOf(String token);

    @Override
    void close();
}
