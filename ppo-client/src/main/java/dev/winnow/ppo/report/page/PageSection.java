package dev.winnow.ppo.report.page;

import dev.winnow.ppo.report.folder.MetricMeaning.Section;
import java.util.List;
import java.util.stream.IntStream;

/** Charts under one heading. */
record PageSection(String title, List<Figure> figures) {
    /**
     * Where a chart is drawn.
     *
     * @param index of the chart among all of the page
     */
    record Figure(int index, String title, String unit) {}

    /** Makes a section of charts, the first of which has an index. */
    static PageSection of(Section section, int first, List<Chart> charts) {
        return new PageSection(
                section.title(),
                IntStream.range(0, charts.size())
                        .mapToObj(chart -> new Figure(
                                first + chart,
                                charts.get(chart).title(),
                                charts.get(chart).unit()))
                        .toList());
    }
}
