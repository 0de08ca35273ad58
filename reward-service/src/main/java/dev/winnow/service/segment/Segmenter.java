package dev.winnow.service.segment;

import dev.winnow.service.domain.Density;
import dev.winnow.service.domain.Span;
import dev.winnow.service.domain.Text;
import java.util.List;

/**
 * Cuts a text into words, sub-sentences or sentences.
 *
 * <p>Spans come in order, do not overlap, are not empty, and neither begin nor end with white space; every code point
 * that is not white space (Unicode {@code White_Space}) is in exactly one. Sub-sentences refine sentences. A blank text
 * has no segments. Pure, thread-safe, and linear in the length of the text. The rules are in
 * {@code docs/segmentation.md}.
 */
public final class Segmenter {
    private Segmenter() {}

    /**
     * Segments of the text at the given density. {@link Density#SEQUENCE} gives one span, the whole text with its white
     * space, even where it is empty.
     *
     * @throws IllegalArgumentException for {@link Density#STEP}, whose segments only the caller knows
     */
    public static List<Span> segments(Text text, Density density) {
        return switch (density) {
            case TOKEN -> Words.of(text);
            case SUB_SENTENCE -> SubSentences.of(CodePoints.of(text));
            case SENTENCE -> Sentences.of(CodePoints.of(text));
            case SEQUENCE -> List.of(text.whole());
            case STEP ->
                throw new IllegalArgumentException(
                        "density: STEP (expected: TOKEN, SUB_SENTENCE, SENTENCE or SEQUENCE; the caller gives steps)");
        };
    }
}
