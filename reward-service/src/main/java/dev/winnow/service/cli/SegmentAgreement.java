package dev.winnow.service.cli;

import dev.winnow.service.domain.Density;
import dev.winnow.service.domain.Span;
import dev.winnow.service.domain.Text;
import dev.winnow.service.segment.Segmenter;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How far the service's sub-sentences of an answer agree with a reference's on where they start. The reference gives
 * words, not offsets, so a start is counted in characters that are not white space. The first start of an answer is left
 * out, for it cannot be wrong.
 *
 * @param agreed starts that both have
 * @param ours starts that the service has
 * @param theirs starts that the reference has
 */
record SegmentAgreement(int agreed, int ours, int theirs) {
    static final SegmentAgreement NONE = new SegmentAgreement(0, 0, 0);
    /** The word that stands before each sub-sentence of the reference. */
    private static final String SEPARATOR = "</s>";

    private static final Pattern WHITE_SPACE = Pattern.compile("\\s+", Pattern.UNICODE_CHARACTER_CLASS);

    /** Empty where the reference's words are not those of the answer. */
    static Optional<SegmentAgreement> of(String answer, List<String> reference) {
        StringBuilder words = new StringBuilder();
        Set<Integer> theirs = new HashSet<>();
        for (String word : reference) {
            if (word.equals(SEPARATOR)) {
                theirs.add(words.length());
            } else {
                words.append(word);
            }
        }
        if (!words.toString().equals(withoutWhiteSpace(answer))) {
            return Optional.empty();
        }
        Set<Integer> ours = starts(Text.of(answer));
        theirs.remove(0);
        ours.remove(0);
        Set<Integer> agreed = new HashSet<>(ours);
        agreed.retainAll(theirs);
        return Optional.of(new SegmentAgreement(agreed.size(), ours.size(), theirs.size()));
    }

    private static Set<Integer> starts(Text answer) {
        return Segmenter.segments(answer, Density.SUB_SENTENCE).stream()
                .map(segment -> answer.slice(new Span(0, segment.start())))
                .map(before -> withoutWhiteSpace(before).length())
                .collect(Collectors.toCollection(HashSet::new));
    }

    private static String withoutWhiteSpace(String text) {
        return WHITE_SPACE.matcher(text).replaceAll("");
    }

    SegmentAgreement plus(SegmentAgreement other) {
        return new SegmentAgreement(agreed + other.agreed, ours + other.ours, theirs + other.theirs);
    }

    /** Part of the service's starts that the reference has; 1 where there are none. */
    double precision() {
        return ours == 0 ? 1 : (double) agreed / ours;
    }

    /** Part of the reference's starts that the service has; 1 where there are none. */
    double recall() {
        return theirs == 0 ? 1 : (double) agreed / theirs;
    }
}
