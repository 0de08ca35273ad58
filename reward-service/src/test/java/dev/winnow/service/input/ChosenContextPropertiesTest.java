package dev.winnow.service.input;

import static org.assertj.core.api.Assertions.assertThat;

import dev.winnow.service.domain.TestingSamples;
import dev.winnow.service.text.TestingTokenizers;
import dev.winnow.service.text.Tokenizer;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class ChosenContextPropertiesTest {
    private static final Tokenizer TOKENIZER = TestingTokenizers.codePoints();

    @Property
    void budgetIsNeverExceeded(
            @ForAll("passages") List<String> passages,
            @ForAll("texts") String response,
            @ForAll @IntRange(min = 1, max = 60) int budget) {
        assertThat(choose(passages, response, budget).ids()).hasSizeLessThanOrEqualTo(budget);
    }

    /** A token is a code point, so the row is the passages with some sentences and the white space between gone. */
    @Property
    void orderOfThePassagesIsKept(
            @ForAll("passages") List<String> passages,
            @ForAll("texts") String response,
            @ForAll @IntRange(min = 1, max = 60) int budget) {
        List<Integer> all = String.join("", passages).codePoints().boxed().toList();
        int next = 0;
        for (int id : choose(passages, response, budget).ids()) {
            while (next < all.size() && all.get(next) != id) {
                next++;
            }
            assertThat(next).isLessThan(all.size());
            next++;
        }
    }

    @Property
    void nothingIsLeftOutOfABudgetThatHoldsAll(
            @ForAll("passages") List<String> passages, @ForAll("texts") String response) {
        ChosenContext chosen = choose(passages, response, 10_000);
        assertThat(chosen.truncated()).isFalse();
        assertThat(chosen.ids())
                .filteredOn(id -> id != ' ' && id != '\n')
                .isEqualTo(String.join("", passages)
                        .codePoints()
                        .filter(id -> id != ' ' && id != '\n')
                        .boxed()
                        .toList());
    }

    private static ChosenContext choose(List<String> passages, String response, int budget) {
        Assume.that(passages.stream().anyMatch(passage -> !passage.isBlank()));
        return ChosenContext.of(
                TestingSamples.withContext(response, passages.toArray(String[]::new)), budget, TOKENIZER);
    }

    @Provide
    Arbitrary<List<String>> passages() {
        return texts().list().ofMinSize(1).ofMaxSize(5);
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.of("cat", "Cat", "dogs", "The", "42", "漢字", "🎉", ".", "!", "\n", "Dr.")
                .list()
                .ofMaxSize(30)
                .map(pieces -> String.join(" ", pieces));
    }
}
