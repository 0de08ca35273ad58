package dev.winnow.ppo.report.page;

import dev.winnow.ppo.report.folder.RecordedRun;
import java.util.NavigableMap;
import java.util.OptionalDouble;
import java.util.TreeMap;

/** How much of its time training stands still for rewards. */
final class RewardWait {
    static final String WAIT = "seconds/reward_wait";
    static final String STEP = "seconds/step";

    private RewardWait() {}

    /** Returns the percentage of each step that has both times. */
    static NavigableMap<Long, Double> percentages(RecordedRun run) {
        NavigableMap<Long, Double> steps = run.curve(STEP);
        NavigableMap<Long, Double> percentages = new TreeMap<>();
        run.curve(WAIT).forEach((step, wait) -> {
            double whole = steps.getOrDefault(step, 0.0);
            if (whole > 0) {
                percentages.put(step, 100 * wait / whole);
            }
        });
        return percentages;
    }

    /** Returns the percentage of the time of all those steps. */
    static OptionalDouble percentage(RecordedRun run) {
        NavigableMap<Long, Double> waits = run.curve(WAIT);
        NavigableMap<Long, Double> steps = run.curve(STEP);
        waits.keySet().retainAll(steps.keySet());
        steps.keySet().retainAll(waits.keySet());
        double whole = sum(steps);
        return whole > 0 ? OptionalDouble.of(100 * sum(waits) / whole) : OptionalDouble.empty();
    }

    private static double sum(NavigableMap<Long, Double> curve) {
        return curve.values().stream().mapToDouble(Double::doubleValue).sum();
    }
}
