package dev.winnow.service.domain;

import java.util.List;

/** What a response answers. */
public sealed interface Prompt {
    /** The caller gave none. */
    record None() implements Prompt {}

    /** Plain text. */
    record Plain(String text) implements Prompt {}

    /** A conversation, oldest turn first. */
    record Conversation(List<Turn> turns) implements Prompt {
        public Conversation {
            turns = List.copyOf(turns);
        }
    }

    /** One turn of a conversation. */
    record Turn(String role, String content) {}
}
