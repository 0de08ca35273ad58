package dev.winnow.ppo.sft;

/** What the policy reads, and what it learns to write behind it. Immutable. */
public final class Example {
    private final long[] prompt;
    private final long[] response;

    /** Makes an example of a prompt and a response of at least one token each. */
    public Example(long[] prompt, long[] response) {
        if (prompt.length == 0 || response.length == 0) {
            throw new IllegalArgumentException(
                    "example: %d and %d tokens (expected: at least 1 each)".formatted(prompt.length, response.length));
        }
        this.prompt = prompt.clone();
        this.response = response.clone();
    }

    long[] prompt() {
        return prompt.clone();
    }

    long[] response() {
        return response.clone();
    }

    /** Returns the tokens of both. */
    int length() {
        return prompt.length + response.length;
    }
}
