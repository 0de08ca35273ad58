package dev.winnow.ppo.policy;

import dev.winnow.ppo.tensor.ModelFileException;
import java.util.Optional;

/**
 * How rotary frequencies are stretched for longer texts than a model was first trained on; {@code rope_scaling}, or in
 * directories that transformers 5 writes {@code rope_parameters}.
 */
public sealed interface RotaryScaling {
    /** Returns the frequency, in radians a position, that is used in place of another. */
    double scale(double frequency);

    record None() implements RotaryScaling {
        @Override
        public double scale(double frequency) {
            return frequency;
        }
    }

    /** All positions are divided by a factor. */
    record Linear(double factor) implements RotaryScaling {
        @Override
        public double scale(double frequency) {
            return frequency / factor;
        }
    }

    /**
     * Llama 3.1's: low frequencies are divided by a factor, high ones stay, and between the two it goes over smoothly.
     *
     * @param lowFrequencyFactor wavelengths above {@code originalPositions / lowFrequencyFactor} are long
     * @param highFrequencyFactor wavelengths below {@code originalPositions / highFrequencyFactor} are short
     */
    record Llama3(double factor, double lowFrequencyFactor, double highFrequencyFactor, int originalPositions)
            implements RotaryScaling {
        @Override
        public double scale(double frequency) {
            double turns = originalPositions * frequency / (2 * Math.PI);
            double kept =
                    Math.clamp((turns - lowFrequencyFactor) / (highFrequencyFactor - lowFrequencyFactor), 0.0, 1.0);
            return kept * frequency + (1 - kept) * frequency / factor;
        }
    }

    /** Reads the settings of a {@code config.json}. */
    static RotaryScaling of(Optional<JsonFile> settings) throws ModelFileException {
        if (settings.isEmpty()) {
            return new None();
        }
        JsonFile scaling = settings.get();
        String type = scaling.text("rope_type", scaling.text("type", "default"));
        return switch (type) {
            case "default" -> new None();
            case "linear" -> new Linear(scaling.positiveNumber("factor"));
            case "llama3" -> llama3(scaling);
            default -> throw scaling.refusal("rope_type", type, "default, linear or llama3");
        };
    }

    private static Llama3 llama3(JsonFile scaling) throws ModelFileException {
        Llama3 result = new Llama3(
                scaling.positiveNumber("factor"),
                scaling.positiveNumber("low_freq_factor"),
                scaling.positiveNumber("high_freq_factor"),
                scaling.positive("original_max_position_embeddings"));
        if (result.highFrequencyFactor <= result.lowFrequencyFactor) {
            throw scaling.refusal(
                    "high_freq_factor", "" + result.highFrequencyFactor, "above " + result.lowFrequencyFactor);
        }
        return result;
    }
}
