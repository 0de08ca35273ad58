package dev.winnow.loadtest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultsPageTest {
    private static final List<String> SCENARIOS = List.of("ceiling", "soak");

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    private Path folder;

    private String empty = "";

    @BeforeEach
    void writeOnce() throws IOException {
        ResultsPage.open(folder, SCENARIOS).write("soak", "30 minutes\n");
        empty = page().replace("\n## soak\n\n30 minutes\n", "");
    }

    @Test
    void sectionsAreInTheOrderOfTheScenarios() throws IOException {
        ResultsPage.open(folder, SCENARIOS).write("ceiling", "```\n# 0.99\n```");
        assertThat(page()).isEqualTo(empty + "\n## ceiling\n\n```\n# 0.99\n```\n\n## soak\n\n30 minutes\n");
    }

    @Test
    void anotherMeasurementTakesTheFirstOnesPlace() throws IOException {
        ResultsPage.open(folder, SCENARIOS).write("soak", "60 minutes");
        assertThat(page()).isEqualTo(empty + "\n## soak\n\n60 minutes\n");
    }

    @Test
    void sectionOfWhatIsNoScenarioAnyMoreGoes() throws IOException {
        ResultsPage.open(folder, List.of("ceiling")).write("ceiling", "0.99");
        assertThat(page()).isEqualTo(empty + "\n## ceiling\n\n0.99\n");
    }

    private String page() throws IOException {
        return Files.readString(folder.resolve("README.md"));
    }
}
