package dev.winnow.ppo.report.compare;

import dev.winnow.ppo.report.folder.RecordedRun;
import dev.winnow.ppo.report.folder.RunFileException;
import dev.winnow.ppo.report.folder.StepMetrics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.TreeSet;

/** Groups of runs against each other: final values with their intervals, differences, steps to the same reward, charts. */
public final class RunComparison {
    /** Its name in the folder of a comparison. */
    public static final String FILE = "compare.md";

    private RunComparison() {}

    /**
     * Reads runs, and writes tables and charts of them.
     *
     * @param folders of the runs; differences are to the first one's group
     * @param metrics those to compare; where there are none, all of held-out prompts that every run has
     * @param out a folder for {@link #FILE} and the charts, in place of earlier ones
     * @return the tables, in Markdown
     * @throws RunFileException where a folder holds no run, or one lacks a metric
     */
    public static String write(List<Path> folders, Grouping grouping, List<String> metrics, Path out)
            throws IOException {
        List<RecordedRun> runs = new ArrayList<>();
        for (Path folder : folders) {
            runs.add(RecordedRun.read(folder));
        }
        for (String metric : metrics) {
            for (RecordedRun run : runs) {
                requireMetric(run, metric);
            }
        }
        List<RunGroup> groups = grouping.group(runs);
        List<MetricComparison> comparisons = (metrics.isEmpty() ? heldOut(runs) : metrics)
                .stream().map(metric -> MetricComparison.of(metric, groups)).toList();
        for (MetricComparison comparison : comparisons) {
            ComparisonChart.write(comparison, groups, out);
        }
        String tables = ComparisonText.of(groups, comparisons);
        Files.writeString(out.resolve(FILE), tables);
        return tables;
    }

    private static List<String> heldOut(List<RecordedRun> runs) throws RunFileException {
        SequencedSet<String> metrics = new LinkedHashSet<>(names(runs.getFirst()));
        metrics.removeIf(metric -> !metric.startsWith("evaluation/"));
        runs.forEach(run -> metrics.retainAll(names(run)));
        if (metrics.isEmpty()) {
            throw new RunFileException(
                    runs.getFirst().path(), "no evaluation that all runs have", "one, or metrics by name");
        }
        return List.copyOf(metrics);
    }

    private static void requireMetric(RecordedRun run, String metric) throws RunFileException {
        if (run.curve(metric).isEmpty()) {
            throw new RunFileException(run.path(), "no metric " + metric, "one of " + new TreeSet<>(names(run)));
        }
    }

    private static SequencedSet<String> names(RecordedRun run) {
        SequencedSet<String> names = new LinkedHashSet<>();
        run.steps().stream().map(StepMetrics::metrics).forEach(metrics -> names.addAll(metrics.keySet()));
        return names;
    }
}
