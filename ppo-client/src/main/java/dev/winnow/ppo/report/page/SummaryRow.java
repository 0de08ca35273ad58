package dev.winnow.ppo.report.page;

import dev.winnow.ppo.report.Numbers;
import dev.winnow.ppo.report.folder.MetricMeaning;
import dev.winnow.ppo.report.folder.MetricMeaning.Better;
import dev.winnow.ppo.report.folder.MetricMeaning.Section;
import dev.winnow.ppo.report.folder.RecordedRun;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;

/** A metric's line in the summary: of training, and of held-out prompts. */
record SummaryRow(String name, String unit, Figures training, Figures heldOut) {
    private static final String NONE = "–";

    /**
     * A curve in three numbers.
     *
     * @param best with its step; a dash where neither more nor less is better
     */
    record Figures(String first, String last, String best) {
        static Figures of(NavigableMap<Long, Double> curve, Better better) {
            if (curve.isEmpty()) {
                return new Figures(NONE, NONE, NONE);
            }
            return new Figures(
                    Numbers.significant(curve.firstEntry().getValue()),
                    Numbers.significant(curve.lastEntry().getValue()),
                    best(curve, better));
        }

        private static String best(NavigableMap<Long, Double> curve, Better better) {
            Comparator<Map.Entry<Long, Double>> byValue = Map.Entry.comparingByValue();
            return switch (better) {
                case NEITHER -> NONE;
                case GREATER -> at(curve.entrySet().stream().max(byValue).orElseThrow());
                case LESS -> at(curve.entrySet().stream().min(byValue).orElseThrow());
            };
        }

        private static String at(Map.Entry<Long, Double> point) {
            return "%s @ %d".formatted(Numbers.significant(point.getValue()), point.getKey());
        }
    }

    /** Returns a row for each metric of a run but times. */
    static List<SummaryRow> of(RecordedRun run) {
        return run.steps().stream()
                .flatMap(step -> step.metrics().keySet().stream())
                .map(MetricMeaning::baseName)
                .distinct()
                .filter(name -> MetricMeaning.of(name).section() != Section.TIME)
                .sorted(Comparator.comparing(name -> MetricMeaning.of(name).section()))
                .map(name -> row(run, name))
                .toList();
    }

    private static SummaryRow row(RecordedRun run, String name) {
        MetricMeaning meaning = MetricMeaning.of(name);
        return new SummaryRow(
                name,
                meaning.unit(),
                Figures.of(run.curve(name), meaning.better()),
                Figures.of(run.curve("evaluation/" + name), meaning.better()));
    }
}
