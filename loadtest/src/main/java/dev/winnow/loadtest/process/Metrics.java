package dev.winnow.loadtest.process;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The figures of one scrape, in the Prometheus text format. */
public final class Metrics {
    private final Map<String, Double> figures;

    private Metrics(Map<String, Double> figures) {
        this.figures = figures;
    }

    static Metrics parse(String text) {
        Map<String, Double> figures = new HashMap<>();
        text.lines().filter(line -> !line.isBlank() && !line.startsWith("#")).forEach(line -> {
            int space = line.lastIndexOf(' ');
            figures.put(line.substring(0, space), Double.valueOf(line.substring(space + 1)));
        });
        return new Metrics(figures);
    }

    /**
     * Returns the sum of a name's figures over all labels.
     *
     * @throws IllegalStateException if there is none: the service has counted nothing yet, or calls it otherwise
     */
    public double sum(String name) {
        return sum(name, "");
    }

    /**
     * Returns the sum of a name's figures that have a label.
     *
     * @param label as it is printed, such as {@code outcome="rewarded"}
     * @throws IllegalStateException if the name has no figure, with any label
     */
    public double sum(String name, String label) {
        List<String> named = figures.keySet().stream()
                .filter(figure -> figure.equals(name) || figure.startsWith(name + "{"))
                .toList();
        if (named.isEmpty()) {
            throw new IllegalStateException("metrics: no %s (expected: at least one figure of it)".formatted(name));
        }
        return named.stream()
                .filter(figure -> figure.contains(label))
                .mapToDouble(figures::get)
                .sum();
    }
}
