package dev.winnow.service.domain;

import java.util.List;

/**
 * The values of one reward over one response, one for each segment in order.
 *
 * @param values {@code ((link(logit) - mean) / std) * scale + bias}; finite
 * @param rawValues {@code link(logit)}; empty unless asked for
 * @param placements index of the caller's token that each value is given at; empty where the caller gave no tokens
 * @param truncated whether something other than the response was shortened to fit the model
 */
public record RewardVector(
        String reward,
        Density density,
        ModelId model,
        List<Span> segments,
        List<Float> values,
        List<Float> rawValues,
        List<Integer> placements,
        boolean truncated) {
    /** {@code BUNDLE/NAME@DENSITY}. */
    public String label() {
        return "%s/%s@%s".formatted(model.bundle(), reward, density);
    }
}
