package dev.winnow.ppo.rollout;

import java.util.List;

/** What the policy is to respond to. Immutable. */
public final class Prompt {
    private final String text;
    private final List<String> context;
    private final long[] tokens;

    /**
     * Makes a prompt.
     *
     * @param text as reward models read it
     * @param context passages that a response may draw on; reward models read them, the policy only where the tokens
     *     have them too
     * @param tokens as the policy reads it, at least one
     */
    public Prompt(String text, List<String> context, long[] tokens) {
        Settings.require(tokens.length > 0, "tokens of the prompt '" + text + "'", 0, "at least 1");
        this.text = text;
        this.context = List.copyOf(context);
        this.tokens = tokens.clone();
    }

    public String text() {
        return text;
    }

    public List<String> context() {
        return context;
    }

    public long[] tokens() {
        return tokens.clone();
    }
}
