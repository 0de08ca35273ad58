package dev.winnow.service.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class Bm25Test {
    /** Three documents of 2 terms on average. */
    private final Bm25 index = new Bm25(List.of(List.of("a", "b"), List.of("c", "a", "c"), List.of("d")));

    @Test
    void termOfTwoDocuments() {
        // idf = ln(1 + 1.5 / 2.5); 1 / (1 + 1.2) for the document of mean length, 1 / (1 + 1.65) for the longer one.
        assertScores(index.scores(query("a")), 0.470004 / 2.2, 0.470004 / 2.65, 0);
    }

    @Test
    void termThatADocumentHasTwice() {
        // idf = ln(1 + 2.5 / 1.5).
        assertScores(index.scores(query("c")), 0, 0.980829 * 2 / 3.65, 0);
    }

    @Test
    void termsAreSummed() {
        // 0.75 = 1.2 * (0.25 + 0.75 * 1 / 2) for the document of one term.
        assertScores(
                index.scores(query("a", "c", "d")),
                0.470004 / 2.2,
                0.470004 / 2.65 + 0.980829 * 2 / 3.65,
                0.980829 / 1.75);
    }

    @Test
    void unknownTermsAndNoTermsScoreNothing() {
        assertScores(index.scores(query("e")), 0, 0, 0);
        assertScores(index.scores(query()), 0, 0, 0);
    }

    @Test
    void termOfEveryDocumentStillCounts() {
        // idf = ln(1 + 0.5 / 2.5).
        assertScores(new Bm25(List.of(List.of("a"), List.of("a"))).scores(query("a")), 0.182322 / 2.2, 0.182322 / 2.2);
    }

    @Test
    void documentsWithoutTermsScoreNothing() {
        assertScores(new Bm25(List.of(List.of(), List.of())).scores(query("a")), 0, 0);
        assertThat(new Bm25(List.of()).scores(query("a"))).isEmpty();
    }

    private static SortedSet<String> query(String... terms) {
        return new TreeSet<>(List.of(terms));
    }

    private static void assertScores(double[] actual, double... expected) {
        assertThat(actual).containsExactly(expected, within(1e-6));
    }
}
