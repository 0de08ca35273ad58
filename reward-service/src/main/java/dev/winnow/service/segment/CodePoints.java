package dev.winnow.service.segment;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UProperty;
import dev.winnow.service.domain.Span;
import dev.winnow.service.domain.Text;
import java.util.ArrayList;
import java.util.List;

/** A text as an array of code points, so that the rules count as spans do. Indexes are code points throughout. */
final class CodePoints {
    private final int[] values;

    private CodePoints(int[] values) {
        this.values = values;
    }

    static CodePoints of(Text text) {
        return new CodePoints(text.toString().codePoints().toArray());
    }

    int length() {
        return values.length;
    }

    int at(int index) {
        return values[index];
    }

    /** One of ICU's {@code SentenceBreak} constants. */
    int sentenceBreak(int index) {
        return UCharacter.getIntPropertyValue(values[index], UProperty.SENTENCE_BREAK);
    }

    boolean isWhiteSpace(int index) {
        return UCharacter.isUWhiteSpace(values[index]);
    }

    /** First index from the given one on that is not white space, or the length. */
    int skipWhiteSpace(int from) {
        int index = from;
        while (index < values.length && isWhiteSpace(index)) {
            index++;
        }
        return index;
    }

    /** First index from the given one on that is white space, or the length. */
    int skipToken(int from) {
        int index = from;
        while (index < values.length && !isWhiteSpace(index)) {
            index++;
        }
        return index;
    }

    /** What stands between white space in the span, which may end inside a token. */
    List<Span> tokens(Span span) {
        List<Span> tokens = new ArrayList<>();
        int start = skipWhiteSpace(span.start());
        while (start < span.end()) {
            int end = Math.min(skipToken(start), span.end());
            tokens.add(new Span(start, end));
            start = skipWhiteSpace(end);
        }
        return tokens;
    }

    String slice(int start, int end) {
        return new String(values, start, end - start);
    }
}
