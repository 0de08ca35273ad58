package dev.winnow.ppo.policy;

/**
 * How the next token is drawn. In this order: logits are divided by the temperature, the {@code topK} likeliest tokens
 * stay, and of them the likeliest that together have at least the probability {@code topP}.
 *
 * @param temperature 0 takes the likeliest token each time
 * @param topK 0 for all tokens
 * @param topP 1 for all tokens
 */
public record Sampling(double temperature, int topK, double topP) {
    /** The likeliest token each time. */
    public static final Sampling GREEDY = new Sampling(0, 0, 1);

    public Sampling {
        require(temperature >= 0 && temperature < Double.POSITIVE_INFINITY, "temperature", temperature, "0 or above");
        require(topK >= 0, "top-k", topK, "0 or above");
        require(topP > 0 && topP <= 1, "top-p", topP, "above 0, at most 1");
    }

    private static void require(boolean valid, String name, double found, String expected) {
        if (!valid) {
            throw new IllegalArgumentException("%s: %s (expected: %s)".formatted(name, found, expected));
        }
    }
}
