package dev.winnow.ppo.report.page;

import dev.winnow.ppo.report.Numbers;
import dev.winnow.ppo.report.folder.RecordedRun;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What the reward service's failures came to over a run. */
final class ServiceFailures {
    private static final String PREFIX = "service/";

    private ServiceFailures() {}

    /** Returns the sum of each metric of the service; empty where the run has none. */
    static Optional<String> of(RecordedRun run) {
        TreeMap<String, Double> sums = new TreeMap<>();
        run.steps()
                .forEach(step -> step.metrics().forEach((name, value) -> {
                    if (name.startsWith(PREFIX)) {
                        sums.merge(name.substring(PREFIX.length()), value, Double::sum);
                    }
                }));
        return sums.isEmpty()
                ? Optional.empty()
                : Optional.of(sums.entrySet().stream()
                        .map(sum -> Numbers.significant(sum.getValue()) + " " + sum.getKey())
                        .collect(Collectors.joining(", ")));
    }
}
