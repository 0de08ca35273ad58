package dev.winnow.service.input;

import static org.assertj.core.api.Assertions.assertThat;

import dev.winnow.service.domain.TestingSamples;
import dev.winnow.service.text.TestingTokenizers;
import dev.winnow.service.text.Tokenizer;
import org.junit.jupiter.api.Test;

/** A token is a code point here, so the tokens can be shown as text. */
class ChosenContextTest {
    private static final Tokenizer TOKENIZER = TestingTokenizers.codePoints();
    /** In the order of choice for "Cat.": the second, the third, the first. */
    private static final String[] PASSAGES = {"It rained. Cat.", "A cat slept."};

    @Test
    void nearestAreTakenAndStandInTheOrderOfThePassages() {
        assertThat(chosen(99, "Cat.", PASSAGES)).isEqualTo("It rained.Cat.A cat slept.");
        assertThat(chosen(16, "Cat.", PASSAGES)).isEqualTo("Cat.A cat slept.");
        assertThat(chosen(4, "Cat.", PASSAGES)).isEqualTo("Cat.");
        assertThat(chosen(25, "Cat. Rained.", "A cat. It rained.", "Cat.", "Rained!"))
                .isEqualTo("A cat.Cat.Rained!");
    }

    @Test
    void sentenceThatDoesNotFitIsSkippedForTheNext() {
        assertThat(chosen(15, "Cat.", PASSAGES)).isEqualTo("It rained.Cat.");
        assertThat(chosen(3, "Cat.", PASSAGES)).isEmpty();
    }

    @Test
    void afterManyThatDoNotFitNoMoreAreTried() {
        assertThat(chosen(5, "cat", "the cats\n".repeat(31) + "dog")).isEqualTo("dog");
        assertThat(chosen(5, "cat", "the cats\n".repeat(32) + "dog")).isEmpty();
    }

    @Test
    void truncatedWhereASentenceWithAWordOfTheResponseIsLeftOut() {
        assertThat(truncated(99, "Cat.", PASSAGES)).isFalse();
        assertThat(truncated(16, "Cat.", PASSAGES)).isFalse();
        assertThat(truncated(15, "Cat.", PASSAGES)).isTrue();
        assertThat(truncated(4, "Cat.", PASSAGES)).isTrue();
        assertThat(truncated(4, "Dog.", PASSAGES)).isFalse();
    }

    @Test
    void responseWithoutWordsGetsTheBeginning() {
        assertThat(chosen(14, "", PASSAGES)).isEqualTo("It rained.Cat.");
    }

    @Test
    void textIsCutOutByCodePoints() {
        assertThat(chosen(8, "Katze", "🎉🎉 Ja. 🎉 Katze. Ende.")).isEqualTo("🎉 Katze.");
    }

    private static boolean truncated(int budget, String response, String... passages) {
        return choose(budget, response, passages).truncated();
    }

    private static String chosen(int budget, String response, String... passages) {
        StringBuilder text = new StringBuilder();
        choose(budget, response, passages).ids().forEach(text::appendCodePoint);
        return text.toString();
    }

    private static ChosenContext choose(int budget, String response, String... passages) {
        return ChosenContext.of(TestingSamples.withContext(response, passages), budget, TOKENIZER);
    }
}
