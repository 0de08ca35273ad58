package dev.winnow.ppo.report.compare;

import dev.winnow.ppo.report.folder.RecordedRun;
import io.quarkus.qute.Engine;
import io.quarkus.qute.ReflectionValueResolver;
import io.quarkus.qute.Template;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Objects;
import java.util.stream.Collectors;

/** The tables of a comparison, in Markdown. */
final class ComparisonText {
    private static final Template TEMPLATE = Engine.builder()
            .addDefaults()
            .addValueResolver(new ReflectionValueResolver())
            .build()
            .parse(template());

    /** A group, its runs, and the last step of each. */
    record Group(String name, String runs, String lastSteps) {}

    private ComparisonText() {}

    static String of(List<RunGroup> groups, List<MetricComparison> metrics) {
        LongSummaryStatistics lastSteps = groups.stream()
                .flatMap(group -> group.runs().stream())
                .mapToLong(ComparisonText::lastStep)
                .summaryStatistics();
        return TEMPLATE.data(
                        "groups", groups.stream().map(ComparisonText::group).toList())
                .data("metrics", metrics)
                .data("base", groups.getFirst().name())
                .data("shortest", lastSteps.getMin())
                .data("longest", lastSteps.getMax())
                .render();
    }

    private static Group group(RunGroup group) {
        return new Group(
                group.name(),
                group.runNames(),
                group.runs().stream()
                        .map(run -> Long.toString(lastStep(run)))
                        .distinct()
                        .collect(Collectors.joining(", ")));
    }

    /** Every run has the metrics that are compared, and so a step. */
    private static long lastStep(RecordedRun run) {
        return run.steps().getLast().step();
    }

    private static String template() {
        try (InputStream stream = Objects.requireNonNull(
                ComparisonText.class.getResourceAsStream(RunComparison.FILE), RunComparison.FILE)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
