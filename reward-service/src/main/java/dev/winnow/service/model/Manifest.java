package dev.winnow.service.model;

import java.util.Map;

/**
 * All that a bundle says of itself; {@code docs/reward-bundle.md} defines each key.
 *
 * @param precision of the arithmetic
 * @param maximumTokens longest row, special tokens included
 * @param files sha256 in hexadecimal by file name
 * @param goldenTolerance largest difference of a served from a golden value
 * @param tensors graph input by role
 * @param inputs by name
 * @param rewards by name, in the file's order
 */
public record Manifest(
        String name,
        String version,
        String description,
        String license,
        Precision precision,
        int maximumTokens,
        Map<String, String> files,
        double goldenTolerance,
        Map<TensorRole, String> tensors,
        Map<String, InputLayout> inputs,
        Map<String, RewardSpecification> rewards) {
    /** The one file beside {@code model.onnx} that it may take weights from. */
    public static final String MODEL_DATA = "model.onnx.data";
}
