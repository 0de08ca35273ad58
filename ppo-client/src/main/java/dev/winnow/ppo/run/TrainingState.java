package dev.winnow.ppo.run;

import java.util.List;
import java.util.Map;

/**
 * What a training remembers beside its tensors.
 *
 * @param numbers by name
 * @param rewards in the notation of the command line, with their digests; none where nothing is rewarded
 */
record TrainingState(Map<String, Double> numbers, List<String> rewards) {
    /**
     * Returns one of the numbers.
     *
     * @throws IllegalArgumentException where there is none of that name
     */
    double number(String name) {
        Double number = numbers.get(name);
        if (number == null) {
            throw new IllegalArgumentException("number: %s (expected: one of %s)".formatted(name, numbers.keySet()));
        }
        return number;
    }
}
