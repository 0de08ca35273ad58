package dev.winnow.ppo.report.page;

import java.util.List;
import java.util.NavigableMap;

/**
 * Curves over steps that share a unit. Its JSON is what {@code report.js} draws.
 *
 * @param unit may be empty
 * @param stacked whether the values of a step add up to something
 */
record Chart(String title, String unit, boolean stacked, List<Series> series) {
    /**
     * One curve: as many steps as values.
     *
     * @param colour curves of the same have one colour
     * @param heldOut whether it is of held-out prompts, which few steps have
     * @param values in single precision, which has half the digits
     */
    record Series(String name, int colour, boolean heldOut, List<Long> steps, List<Float> values) {
        static Series of(String name, int colour, boolean heldOut, NavigableMap<Long, Double> curve) {
            return new Series(
                    name,
                    colour,
                    heldOut,
                    List.copyOf(curve.navigableKeySet()),
                    curve.values().stream().map(Double::floatValue).toList());
        }
    }
}
