package dev.winnow.loadtest.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/**
 * {@code README.md} of a folder of results: a section for each scenario, in the order of the scenarios. Those that are
 * not measured anew stay as they were. Not thread-safe.
 */
final class ResultsPage {
    private static final String TITLE =
            "# Results\n\nMade by `./winnow bench all`. [What each scenario measures](../README.md).\n";
    private static final String HEADING = "\n## ";

    private final Path file;
    private final SequencedMap<String, String> sections = new LinkedHashMap<>();

    private ResultsPage(Path file) {
        this.file = file;
    }

    /**
     * Opens the page of a folder, which may have none yet.
     *
     * @param scenarios all that may have a section
     */
    static ResultsPage open(Path folder, List<String> scenarios) throws IOException {
        ResultsPage page = new ResultsPage(folder.resolve("README.md"));
        scenarios.forEach(scenario -> page.sections.put(scenario, ""));
        if (Files.exists(page.file)) {
            Arrays.stream(Files.readString(page.file).split(HEADING, -1))
                    .skip(1)
                    .forEach(page::keep);
        }
        return page;
    }

    /** Writes the page with another text for a scenario. */
    void write(String scenario, String text) throws IOException {
        sections.put(scenario, text);
        Files.writeString(
                file,
                sections.sequencedEntrySet().stream()
                        .filter(section -> !section.getValue().isEmpty())
                        .map(section -> HEADING + section.getKey() + "\n\n"
                                + section.getValue().strip() + "\n")
                        .collect(Collectors.joining("", TITLE, "")));
    }

    private void keep(String section) {
        String[] parts = section.split("\n", 2);
        if (parts.length == 2) {
            sections.computeIfPresent(parts[0].strip(), (_, _) -> parts[1]);
        }
    }
}
