package dev.winnow.service.input;

import dev.winnow.service.domain.Density;
import dev.winnow.service.domain.Span;
import dev.winnow.service.domain.Text;
import dev.winnow.service.segment.Segmenter;
import dev.winnow.service.segment.Terms;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * The sentences of passages in the order in which a model should read them for a response: the nearest to each sentence
 * of the response before the second nearest to any. Pure, and the same on every machine. {@code docs/nearest-sentences.md}
 * has the rules in words.
 */
public final class NearestSentences {
    private static final Comparator<Sentence> NEAREST_FIRST = Comparator.comparingInt(
                    (Sentence sentence) -> sentence.rank().orElse(Integer.MAX_VALUE))
            .thenComparing(Comparator.comparingDouble(Sentence::score).reversed());

    private NearestSentences() {}

    /**
     * A sentence of a passage.
     *
     * @param passage index of the passage, from 0
     * @param span its place there
     * @param score BM25 against the sentence of the response that it ranks best for, the greatest if there are several;
     *     0 where it shares no term with the response
     * @param rank its best place, from 1, among those that share a term with one sentence of the response; empty where it
     *     shares none
     */
    public record Sentence(int passage, Span span, double score, OptionalInt rank) {}

    /**
     * Every sentence of the passages once: by rank, then the greater score, then position. Those that share no term with
     * the response come last, in the order of the passages.
     */
    public static List<Sentence> rank(List<Text> passages, Text response) {
        List<Sentence> sentences = new ArrayList<>();
        List<List<String>> terms = new ArrayList<>();
        for (int passage = 0; passage < passages.size(); passage++) {
            Text text = passages.get(passage);
            for (Span span : Segmenter.segments(text, Density.SENTENCE)) {
                sentences.add(new Sentence(passage, span, 0, OptionalInt.empty()));
                terms.add(Terms.of(Text.of(text.slice(span))));
            }
        }
        Bm25 index = new Bm25(terms);
        for (SortedSet<String> query : queries(response)) {
            raise(sentences, index.scores(query));
        }
        sentences.sort(NEAREST_FIRST);
        return sentences;
    }

    /** The distinct terms of each sentence of the response; sentences of the same terms rank the same. */
    private static Set<SortedSet<String>> queries(Text response) {
        Set<SortedSet<String>> queries = new LinkedHashSet<>();
        for (Span span : Segmenter.segments(response, Density.SENTENCE)) {
            queries.add(new TreeSet<>(Terms.of(Text.of(response.slice(span)))));
        }
        return queries;
    }

    /** Gives each sentence its standing for one sentence of the response where that is better than what it has. */
    private static void raise(List<Sentence> sentences, double[] scores) {
        List<Integer> ranked = IntStream.range(0, scores.length)
                .filter(index -> scores[index] > 0)
                .boxed()
                .sorted(Comparator.comparingDouble(index -> -scores[index]))
                .toList();
        for (int place = 0; place < ranked.size(); place++) {
            int index = ranked.get(place);
            Sentence sentence = sentences.get(index);
            Sentence standing =
                    new Sentence(sentence.passage(), sentence.span(), scores[index], OptionalInt.of(place + 1));
            if (NEAREST_FIRST.compare(standing, sentence) < 0) {
                sentences.set(index, standing);
            }
        }
    }
}
