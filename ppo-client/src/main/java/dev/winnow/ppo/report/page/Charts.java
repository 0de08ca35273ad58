package dev.winnow.ppo.report.page;

import dev.winnow.ppo.report.folder.MetricMeaning;
import dev.winnow.ppo.report.folder.MetricMeaning.Section;
import dev.winnow.ppo.report.folder.RecordedRun;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Which charts a run has: every metric is in one. */
final class Charts {
    private Charts() {}

    /** Returns the charts of each section; sections without one are left out. */
    static SequencedMap<Section, List<Chart>> of(RecordedRun run) {
        SequencedMap<Section, List<Chart>> sections = new TreeMap<>();
        byChart(run)
                .forEach((first, metrics) -> sections.computeIfAbsent(first.section(), _ -> new ArrayList<>())
                        .add(first.section() == Section.TIME ? phases(run, metrics) : chart(run, first, metrics)));
        if (sections.containsKey(Section.TIME)) {
            NavigableMap<Long, Double> shares = RewardWait.percentages(run);
            if (!shares.isEmpty()) {
                sections.get(Section.TIME)
                        .add(new Chart(
                                "Waiting for rewards",
                                "% of the step",
                                false,
                                List.of(Chart.Series.of("seconds/reward_wait", 0, false, shares))));
            }
        }
        return sections;
    }

    /** Returns the metrics of each chart, by the meaning of the chart's first; in the order of rules, then of the run. */
    private static SequencedMap<MetricMeaning, List<String>> byChart(RecordedRun run) {
        Map<String, List<String>> metrics = run.steps().stream()
                .flatMap(step -> step.metrics().keySet().stream())
                .distinct()
                .collect(Collectors.groupingBy(
                        metric -> MetricMeaning.of(metric).chart(), LinkedHashMap::new, Collectors.toList()));
        SequencedMap<MetricMeaning, List<String>> charts = new LinkedHashMap<>();
        metrics.values().forEach(names -> charts.put(MetricMeaning.of(names.getFirst()), names));
        return charts;
    }

    private static Chart chart(RecordedRun run, MetricMeaning meaning, List<String> metrics) {
        List<String> names =
                metrics.stream().map(MetricMeaning::baseName).distinct().toList();
        List<Chart.Series> series = metrics.stream()
                .sorted(Comparator.comparing(metric -> MetricMeaning.of(metric).heldOut()))
                .map(metric -> series(run, metric, names))
                .toList();
        return new Chart(meaning.chart(), meaning.unit(), false, series);
    }

    private static Chart.Series series(RecordedRun run, String metric, List<String> names) {
        boolean heldOut = MetricMeaning.of(metric).heldOut();
        String name = MetricMeaning.baseName(metric);
        String kind = heldOut ? "held-out prompts" : "training";
        return Chart.Series.of(
                names.size() == 1 ? kind : heldOut ? name + ", held-out" : name,
                names.indexOf(name),
                heldOut,
                run.curve(metric));
    }

    /** Stacks the phases of a step; what overlaps with them is left out. */
    private static Chart phases(RecordedRun run, List<String> metrics) {
        List<String> parts = metrics.stream()
                .filter(metric -> !metric.equals(RewardWait.STEP) && !metric.equals(RewardWait.WAIT))
                .toList();
        // Supervised steps have no phases.
        List<String> phases = parts.isEmpty() ? metrics : parts;
        NavigableMap<Long, Double> none = new TreeMap<>();
        phases.forEach(phase -> run.curve(phase).keySet().forEach(step -> none.put(step, 0.0)));
        List<Chart.Series> series = new ArrayList<>();
        for (String phase : phases) {
            NavigableMap<Long, Double> curve = new TreeMap<>(none);
            curve.putAll(run.curve(phase));
            series.add(Chart.Series.of(phase.substring("seconds/".length()), series.size(), false, curve));
        }
        return new Chart("Time by phase", "s", true, series);
    }
}
