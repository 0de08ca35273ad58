package dev.winnow.service.model;

/** From a raw value to the value that is served: {@code ((raw - mean) / std) * scale + bias}. */
public record Normalisation(double mean, double std, double scale, double bias) {
    public Normalisation {
        if (!(std > 0)) {
            throw new IllegalArgumentException("std: %s (expected: > 0)".formatted(std));
        }
        if (scale == 0) {
            throw new IllegalArgumentException("scale: 0 (expected: not 0, else every value is the bias)");
        }
    }

    public double apply(double raw) {
        return (raw - mean) / std * scale + bias;
    }
}
