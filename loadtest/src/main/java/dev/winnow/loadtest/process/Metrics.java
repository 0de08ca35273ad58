package dev.winnow.loadtest.process;

import java.util.HashMap;
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

    /** Returns the sum of a name's figures over all labels; 0 where nothing has been counted under it yet. */
    public double sum(String name) {
        return sum(name, "");
    }

    /**
     * Returns the sum of a name's figures that have a label.
     *
     * @param label as it is printed, such as {@code outcome="rewarded"}
     */
    public double sum(String name, String label) {
        return figures.entrySet().stream()
                .filter(figure ->
                        figure.getKey().equals(name) || figure.getKey().startsWith(name + "{"))
                .filter(figure -> figure.getKey().contains(label))
                .mapToDouble(Map.Entry::getValue)
                .sum();
    }
}
