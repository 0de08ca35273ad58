package dev.winnow.ppo.report.compare;

import dev.winnow.ppo.report.Numbers;
import dev.winnow.ppo.report.folder.MetricMeaning;
import dev.winnow.ppo.report.folder.MetricMeaning.Better;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.hipparchus.stat.StatUtils;

/**
 * One metric of all groups, as the tables have it; a dash is what cannot be said.
 *
 * @param chart file of its chart
 * @param target what the steps are counted to; empty where no value of the metric is better than another, or there is
 *     one group
 */
record MetricComparison(
        String metric,
        String unit,
        String chart,
        List<Row> finals,
        List<Row> differences,
        Optional<String> target,
        List<Row> steps) {
    private static final String NONE = "–";

    /** A group and its cells. */
    record Row(String group, List<String> cells) {
        Row(String group, String... cells) {
            this(group, List.of(cells));
        }
    }

    static MetricComparison of(String metric, List<RunGroup> groups) {
        MetricMeaning meaning = MetricMeaning.of(metric);
        RunGroup first = groups.getFirst();
        List<RunGroup> others = groups.subList(1, groups.size());
        Optional<Double> target = meaning.better() == Better.NEITHER || others.isEmpty()
                ? Optional.empty()
                : Optional.of(StepsToReach.target(
                        groups.stream().map(group -> group.finalValues(metric)).toList(), meaning.better()));
        return new MetricComparison(
                metric,
                meaning.unit(),
                metric.replaceAll("[^\\p{Alnum}._-]", "-") + ".png",
                groups.stream().map(group -> finals(group, metric)).toList(),
                others.stream().map(group -> difference(group, first, metric)).toList(),
                target.map(Numbers::significant),
                target.map(value -> groups.stream()
                                .map(group -> steps(group, metric, value, meaning.better()))
                                .toList())
                        .orElse(List.of()));
    }

    private static Row finals(RunGroup group, String metric) {
        double[] values = group.finalValues(metric);
        return new Row(
                group.name(),
                Integer.toString(values.length),
                Numbers.significant(StatUtils.percentile(values, 50)),
                Numbers.significant(StatUtils.mean(values)),
                interval(values.length > 1, () -> Interval.ofMean(values)),
                Numbers.significant(StatUtils.min(values)),
                Numbers.significant(StatUtils.max(values)));
    }

    private static Row difference(RunGroup group, RunGroup base, String metric) {
        double[] values = group.finalValues(metric);
        double[] others = base.finalValues(metric);
        return new Row(
                group.name(),
                Numbers.significant(StatUtils.percentile(values, 50) - StatUtils.percentile(others, 50)),
                Numbers.significant(StatUtils.mean(values) - StatUtils.mean(others)),
                interval(values.length > 1 && others.length > 1, () -> Interval.ofDifference(values, others)));
    }

    private static Row steps(RunGroup group, String metric, double target, Better better) {
        StepsToReach steps = StepsToReach.of(group.curves(metric), target, better);
        return new Row(
                group.name(),
                steps.median().isPresent() ? Numbers.significant(steps.median().getAsDouble()) : NONE,
                "%d of %d".formatted(steps.reached(), steps.runs()));
    }

    private static String interval(boolean exists, Supplier<Interval> interval) {
        if (!exists) {
            return NONE;
        }
        Interval found = interval.get();
        return "[%s, %s]".formatted(Numbers.significant(found.low()), Numbers.significant(found.high()));
    }
}
