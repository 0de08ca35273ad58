package dev.winnow.ppo.report.compare;

import dev.winnow.ppo.report.folder.RecordedRun;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.hipparchus.stat.StatUtils;

/** Runs that are the same but for chance; at least one. */
record RunGroup(String name, List<RecordedRun> runs) {
    RunGroup {
        runs = List.copyOf(runs);
    }

    String runNames() {
        return runs.stream().map(RecordedRun::name).collect(Collectors.joining(", "));
    }

    /** Returns the curve of each run. */
    List<NavigableMap<Long, Double>> curves(String metric) {
        return runs.stream().map(run -> run.curve(metric)).toList();
    }

    /** Returns the last value of each run, all of which have one. */
    double[] finalValues(String metric) {
        return curves(metric).stream()
                .mapToDouble(curve -> curve.lastEntry().getValue())
                .toArray();
    }

    /** Returns the median at each step that all runs have. */
    NavigableMap<Long, Double> medianCurve(String metric) {
        List<NavigableMap<Long, Double>> curves = curves(metric);
        NavigableSet<Long> steps = new TreeSet<>(curves.getFirst().keySet());
        curves.forEach(curve -> steps.retainAll(curve.keySet()));
        NavigableMap<Long, Double> medians = new TreeMap<>();
        steps.forEach(step -> medians.put(
                step, median(curves.stream().map(curve -> curve.get(step)).toList())));
        return medians;
    }

    private static double median(Collection<Double> values) {
        return StatUtils.percentile(
                values.stream().mapToDouble(Double::doubleValue).toArray(), 50);
    }
}
