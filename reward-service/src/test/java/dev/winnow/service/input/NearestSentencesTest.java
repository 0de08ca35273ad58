package dev.winnow.service.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.winnow.service.domain.Span;
import dev.winnow.service.domain.Text;
import dev.winnow.service.input.NearestSentences.Sentence;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class NearestSentencesTest {
    @Test
    void sentencesOfTheResponseTakeTurns() {
        // Worked out: 0.9327 and 0.8541 at rank 1, 0.7220 and 0.4271 at rank 2.
        assertThat(texts(
                        "Cats purr. Dogs bark.",
                        "Cats purr loudly. Cats sleep.",
                        "Dogs bark. Dogs bark too. Fish swim."))
                .containsExactly("Cats purr loudly.", "Dogs bark.", "Dogs bark too.", "Cats sleep.", "Fish swim.");
        assertThat(rank(
                        "Cats purr. Dogs bark.",
                        "Cats purr loudly. Cats sleep.",
                        "Dogs bark. Dogs bark too. Fish swim."))
                .extracting(Sentence::score)
                .usingComparatorForType((a, b) -> Math.abs(a - b) < 1e-4 ? 0 : Double.compare(a, b), Double.class)
                .containsExactly(0.9327, 0.8541, 0.7220, 0.4271, 0.0);
    }

    @Test
    void rankComesBeforeScore() {
        List<Sentence> ranked =
                rank("Cats sleep. Rain?", "Cats sleep. Cats sleep. Rain, they say, falls on the hills in spring.");
        assertThat(ranked).extracting(sentence -> sentence.span().start()).containsExactly(0, 24, 12);
        assertThat(ranked)
                .extracting(Sentence::rank)
                .containsExactly(OptionalInt.of(1), OptionalInt.of(1), OptionalInt.of(2));
        assertThat(ranked.get(2).score()).isGreaterThan(ranked.get(1).score());
    }

    @Test
    void sentenceNearToSeveralHasItsBestRankAndGreatestScore() {
        String passage = "Red cats and red dogs. Cats.";
        double alone = rank("Red dogs.", passage).getFirst().score();
        Sentence first = rank("Red. Red dogs. Cats.", passage).getFirst();
        assertThat(first.rank()).hasValue(1);
        assertThat(first.score()).isEqualTo(alone);
    }

    @Test
    void wordsOfTheResponseCountOnce() {
        assertThat(rank("Cats cats cats.", "Cats. Dogs.")).isEqualTo(rank("Cats.", "Cats. Dogs."));
    }

    @Test
    void equalScoresKeepTheirPosition() {
        assertThat(rank("Cats.", "Cats. Dogs.", "Cats. Cats."))
                .extracting(Sentence::passage, sentence -> sentence.span().start())
                .containsExactly(tuple(0, 0), tuple(1, 0), tuple(1, 6), tuple(0, 6));
    }

    @Test
    void responseWithoutWordsLeavesTheOrderOfThePassages() {
        for (String response : List.of("", " \n", "… 🎉!")) {
            assertThat(rank(response, "Bees. Ants.", "", "Cats."))
                    .containsExactly(unranked(0, 0, 5), unranked(0, 6, 11), unranked(2, 0, 5));
        }
    }

    @Test
    void passagesWithoutTextHaveNoSentences() {
        assertThat(rank("Cats.", "", " \n")).isEmpty();
        assertThat(rank("Cats.")).isEmpty();
    }

    @Test
    void placesAreCodePointsOfTheirPassage() {
        Sentence sentence = rank("katze", "🎉 Ja. 🎉 Die KATZE schläft! Ende.").getFirst();
        assertThat(sentence.span()).isEqualTo(new Span(6, 26));
        assertThat(sentence.rank()).hasValue(1);
    }

    private static Sentence unranked(int passage, int start, int end) {
        return new Sentence(passage, new Span(start, end), 0, OptionalInt.empty());
    }

    private static List<String> texts(String response, String... passages) {
        return rank(response, passages).stream()
                .map(sentence -> Text.of(passages[sentence.passage()]).slice(sentence.span()))
                .toList();
    }

    private static List<Sentence> rank(String response, String... passages) {
        return NearestSentences.rank(Arrays.stream(passages).map(Text::of).toList(), Text.of(response));
    }
}
