package dev.winnow.service.input;

import static org.assertj.core.api.Assertions.assertThat;

import dev.winnow.service.domain.Density;
import dev.winnow.service.domain.Text;
import dev.winnow.service.input.NearestSentences.Sentence;
import dev.winnow.service.segment.Segmenter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class NearestSentencesPropertiesTest {
    private static final List<String> WORDS =
            List.of("Cat", "cats", "dog", "RAIN", "the", "Café", "42", "漢字", "🎉", "-");

    @Property
    void everySentenceStandsInTheOrderOnce(
            @ForAll("passages") List<String> passages, @ForAll("texts") String response) {
        assertThat(rank(passages, response))
                .extracting(sentence -> List.of(sentence.passage(), sentence.span()))
                .containsExactlyInAnyOrderElementsOf(IntStream.range(0, passages.size())
                        .boxed()
                        .flatMap(
                                passage -> Segmenter.segments(Text.of(passages.get(passage)), Density.SENTENCE).stream()
                                        .map(span -> List.<Object>of(passage, span)))
                        .toList());
    }

    @Property
    void orderFallsByRankThenScoreAndRanksAreOfPositiveScores(
            @ForAll("passages") List<String> passages, @ForAll("texts") String response) {
        List<Sentence> ranked = rank(passages, response);
        for (Sentence sentence : ranked) {
            assertThat(sentence.rank().isPresent()).isEqualTo(sentence.score() > 0);
        }
        for (int place = 1; place < ranked.size(); place++) {
            Sentence before = ranked.get(place - 1);
            Sentence after = ranked.get(place);
            int rankBefore = before.rank().orElse(Integer.MAX_VALUE);
            int rankAfter = after.rank().orElse(Integer.MAX_VALUE);
            assertThat(rankBefore).isLessThanOrEqualTo(rankAfter);
            assertThat(rankBefore < rankAfter || before.score() >= after.score())
                    .isTrue();
        }
    }

    @Property
    void everySentenceOfTheResponseGetsItsNearestFirst(
            @ForAll("passages") List<String> passages, @ForAll("sentences") List<String> response) {
        List<Sentence> ranked = rank(passages, String.join("\n", response));
        long first = ranked.stream()
                .filter(sentence -> sentence.rank().equals(OptionalInt.of(1)))
                .count();
        for (String sentence : response) {
            Sentence nearest = rank(passages, sentence).stream().findFirst().orElse(null);
            if (nearest != null && nearest.score() > 0) {
                assertThat(ranked.stream().limit(first)).anySatisfy(candidate -> {
                    assertThat(candidate.passage()).isEqualTo(nearest.passage());
                    assertThat(candidate.span()).isEqualTo(nearest.span());
                });
            }
        }
    }

    @Property
    void orderOfTheResponseDoesNotMatter(
            @ForAll("passages") List<String> passages,
            @ForAll("sentences") List<String> response,
            @ForAll Random random) {
        List<String> shuffled = shuffled(response, random).stream()
                .map(sentence -> String.join(" ", shuffled(List.of(sentence.split(" ")), random)))
                .toList();
        assertThat(rank(passages, String.join("\n", shuffled))).isEqualTo(rank(passages, String.join("\n", response)));
    }

    /** To one sentence of a response; with several, position decides which of two equals has the better rank. */
    @Property
    void scoreDoesNotDependOnWhereASentenceStands(
            @ForAll("sentences") List<String> passage, @ForAll("sentence") String response, @ForAll Random random) {
        assertThat(scores(shuffled(passage, random), response))
                .isEqualTo(scores(List.of(String.join("\n", passage)), response));
    }

    private static Map<String, Double> scores(List<String> passages, String response) {
        Map<String, Double> scores = new HashMap<>();
        for (Sentence sentence : rank(passages, response)) {
            scores.put(Text.of(passages.get(sentence.passage())).slice(sentence.span()), sentence.score());
        }
        return scores;
    }

    private static <T> List<T> shuffled(List<T> list, Random random) {
        List<T> shuffled = new ArrayList<>(list);
        Collections.shuffle(shuffled, random);
        return shuffled;
    }

    private static List<Sentence> rank(List<String> passages, String response) {
        return NearestSentences.rank(passages.stream().map(Text::of).toList(), Text.of(response));
    }

    /** One, since it has no mark that would end it. */
    @Provide
    Arbitrary<String> sentence() {
        return Arbitraries.of(WORDS).list().ofMinSize(1).ofMaxSize(6).map(words -> String.join(" ", words));
    }

    @Provide
    Arbitrary<List<String>> sentences() {
        return sentence().list().ofMaxSize(8);
    }

    @Provide
    Arbitrary<List<String>> passages() {
        return texts().list().ofMaxSize(4);
    }

    @Provide
    Arbitrary<String> texts() {
        Arbitrary<String> telling = Arbitraries.of(
                        "cat", "Cat", "dogs", "The", "42", "漢字", "🎉", ".", "!", "\n", "。", "Dr.", "\u0301", "\u3000")
                .list()
                .ofMaxSize(40)
                .map(pieces -> String.join(" ", pieces));
        return Arbitraries.oneOf(Arbitraries.strings().ofMaxLength(40), telling);
    }
}
