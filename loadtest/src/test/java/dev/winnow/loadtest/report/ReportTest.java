package dev.winnow.loadtest.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.winnow.loadtest.report.Check.Verdict;
import dev.winnow.loadtest.statistics.Spread;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReportTest {
    private static final Chart CHART =
            new Chart("t", "x", "y", false, List.of(new Chart.Series("s", List.of(1.0, 2.0), List.of(0.5, 0.25))));

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    private Path folder;

    @ParameterizedTest
    @CsvSource({"0.2, 0.2", "1.23456, 1.235", "123456.7, 123500", "1234567, 1234567", "0, 0", "0.00012344, 0.0001234"})
    void numbersHaveFourSignificantDigits(double number, String text) {
        assertThat(Numbers.text(number)).isEqualTo(text);
    }

    @Test
    void checksIncludeTheirBounds() {
        assertThat(Check.atMost("c", 1.05, 1.05)).isEqualTo(new Check("c", 1.05, "<= 1.05", Verdict.HOLDS));
        assertThat(Check.atMost("c", 1.06, 1.05).verdict()).isEqualTo(Verdict.FAILS);
        assertThat(Check.atLeast("c", 0.95, 0.95)).isEqualTo(new Check("c", 0.95, ">= 0.95", Verdict.HOLDS));
        assertThat(Check.atLeast("c", 0.94, 0.95).verdict()).isEqualTo(Verdict.FAILS);
        assertThat(Check.none("c", 1).verdict()).isEqualTo(Verdict.FAILS);
        assertThat(Check.none("c", 0).verdict()).isEqualTo(Verdict.HOLDS);
    }

    @Test
    void aResultHoldsUnlessACheckFails() {
        Check undecided = Check.none("c", 1).undecided("too short");

        assertThat(undecided.claim()).isEqualTo("c (too short)");
        assertThat(new Result("n", "q", List.of(), List.of(Check.none("c", 0), undecided), CHART).holds())
                .isTrue();
        assertThat(new Result("n", "q", List.of(), List.of(Check.none("c", 0), Check.none("c", 2)), CHART).holds())
                .isFalse();
    }

    @Test
    void printsTablesAndChecks() {
        Figures table = Figures.of("Loads", "load", "ratio")
                .with("half", Spread.of(1, 2, 4))
                .with("all", 3);

        assertThat(TextReport.of(new Result("n", "q", List.of(table), List.of(Check.none("lost", 2)), CHART)))
                .contains("n: q", "Loads", "| half |", "2 (1..4)", "| lost", "<= 0", "fails");
        assertThatIllegalArgumentException().isThrownBy(() -> table.with("one"));
    }

    @Test
    void drawsAChart() throws IOException {
        Path file = folder.resolve("new/chart.png");
        ChartFile.write(CHART, file);

        assertThat(Files.readAllBytes(file)).startsWith(0x89, 'P', 'N', 'G');
    }
}
