package dev.winnow.service.input;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;

/**
 * BM25 (Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", 2009) over a few documents, each
 * a list of terms. With {@code N} documents of which {@code n} have the term, its frequency {@code tf} in a document of
 * {@code length} terms and the mean length over all documents, a document scores
 *
 * <pre>
 * sum over the query's terms of  ln(1 + (N - n + 0.5) / (n + 0.5)) * tf / (tf + k1 * (1 - b + b * length / mean))
 * </pre>
 *
 * with {@code k1 = 1.2} and {@code b = 0.75}; above 0 if and only if it has a term of the query. Terms are summed in the
 * query's order and with {@link StrictMath}, so that a score has the same bits on every machine. Immutable.
 */
final class Bm25 {
    private static final double K1 = 1.2;
    private static final double B = 0.75;

    private final int documents;
    private final Map<String, List<Posting>> postings = new HashMap<>();

    /**
     * A document that has the term.
     *
     * @param weight of the term in it, before the inverse document frequency
     */
    private record Posting(int document, double weight) {}

    Bm25(List<List<String>> documents) {
        this.documents = documents.size();
        double meanLength = documents.stream().mapToLong(List::size).sum() / (double) Math.max(1, documents.size());
        for (int document = 0; document < documents.size(); document++) {
            add(document, documents.get(document), meanLength);
        }
    }

    private void add(int document, List<String> terms, double meanLength) {
        Map<String, Integer> frequencies = new HashMap<>();
        terms.forEach(term -> frequencies.merge(term, 1, Integer::sum));
        double saturation = K1 * (1 - B + B * terms.size() / meanLength);
        frequencies.forEach((term, frequency) -> postings.computeIfAbsent(term, first -> new ArrayList<>())
                .add(new Posting(document, frequency / (frequency + saturation))));
    }

    /** A score for each document, in order. */
    double[] scores(SortedSet<String> query) {
        double[] scores = new double[documents];
        for (String term : query) {
            List<Posting> having = postings.getOrDefault(term, List.of());
            double inverseFrequency = StrictMath.log(1 + (documents - having.size() + 0.5) / (having.size() + 0.5));
            for (Posting posting : having) {
                scores[posting.document()] += inverseFrequency * posting.weight();
            }
        }
        return scores;
    }
}
