package dev.winnow.ppo.ppo;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * Named numbers of a step, in the order in which they were put. Their names and formulae are in
 * {@code docs/ppo-details.md}. One that cannot be computed for a step is absent, never NaN. Not thread-safe.
 */
public final class Metrics {
    private final SequencedMap<String, Double> values = new LinkedHashMap<>();

    /** Puts a number that has none of its name yet. */
    public void put(String name, double value) {
        if (!Double.isFinite(value) || values.containsKey(name)) {
            throw new IllegalStateException("metric %s: %s (expected: a finite number, once)".formatted(name, value));
        }
        values.put(name, value);
    }

    /** Puts all numbers of others. */
    void putAll(Metrics others) {
        others.values.forEach(this::put);
    }

    /**
     * Returns one number.
     *
     * @throws IllegalArgumentException where there is none of that name
     */
    public double get(String name) {
        Double value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("metric: %s (expected: one of %s)".formatted(name, values.keySet()));
        }
        return value;
    }

    public SequencedMap<String, Double> all() {
        return Collections.unmodifiableSequencedMap(values);
    }
}
