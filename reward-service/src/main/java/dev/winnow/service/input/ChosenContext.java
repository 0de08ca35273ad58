package dev.winnow.service.input;

import dev.winnow.service.domain.FailureException;
import dev.winnow.service.domain.Sample;
import dev.winnow.service.domain.Text;
import dev.winnow.service.input.NearestSentences.Sentence;
import dev.winnow.service.text.Tokenizer;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The part of a sample's context that a row has room for: its {@link NearestSentences}, each tokenised alone, laid out in
 * the order of the passages.
 *
 * @param truncated whether a sentence that shares a term with the response was left out
 */
record ChosenContext(List<Integer> ids, boolean truncated) {
    /** Sentences that may turn out not to fit; so a nearly full budget does not cost the tokens of all passages. */
    private static final int MOST_SKIPPED = 32;

    private static final Comparator<Sentence> BY_PLACE = Comparator.comparingInt(Sentence::passage)
            .thenComparingInt(sentence -> sentence.span().start());

    /**
     * Goes through the ranked sentences and takes each that still fits, until the budget of tokens is used up or too many
     * did not fit.
     *
     * @throws FailureException if the sample has no context
     */
    static ChosenContext of(Sample sample, int budget, Tokenizer tokenizer) {
        List<Text> passages = sample.context().stream().map(Text::of).toList();
        List<Sentence> ranked = NearestSentences.rank(passages, sample.response());
        requireSentences(passages, ranked);
        SortedMap<Sentence, List<Integer>> taken = new TreeMap<>(BY_PLACE);
        int left = budget;
        int skipped = 0;
        for (Sentence sentence : ranked) {
            if (left == 0 || skipped == MOST_SKIPPED) {
                break;
            }
            String text = passages.get(sentence.passage()).slice(sentence.span());
            List<Integer> ids = tokenizer.tokenize(text).ids();
            if (ids.size() <= left) {
                taken.put(sentence, ids);
                left -= ids.size();
            } else {
                skipped++;
            }
        }
        return new ChosenContext(
                taken.values().stream().flatMap(List::stream).toList(),
                ranked.stream().anyMatch(sentence -> sentence.score() > 0 && !taken.containsKey(sentence)));
    }

    private static void requireSentences(List<Text> passages, List<Sentence> sentences) {
        if (sentences.isEmpty()) {
            throw FailureException.invalidArgument(
                    "context: %s (expected: text, which this reward reads)", passages.isEmpty() ? "absent" : "blank");
        }
    }
}
