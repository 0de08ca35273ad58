package dev.winnow.service.segment;

import com.ibm.icu.lang.UCharacter.SentenceBreak;
import dev.winnow.service.domain.Span;
import java.util.ArrayList;
import java.util.List;

/**
 * Sentences by rules over Unicode's {@code Sentence_Break} property: a line break ends a sentence, and so does a run of
 * terminators with the closing marks behind it, unless what stands on its two sides says that the sentence goes on.
 * {@code docs/segmentation.md} has the rules in words, with examples.
 */
final class Sentences {
    private final CodePoints text;
    private final Punctuation punctuation;

    private Sentences(CodePoints text) {
        this.text = text;
        this.punctuation = new Punctuation(text);
    }

    static List<Span> of(CodePoints text) {
        return new Sentences(text).split();
    }

    private List<Span> split() {
        List<Span> sentences = new ArrayList<>();
        int start = text.skipWhiteSpace(0);
        int index = start;
        while (index < text.length()) {
            boolean terminator = punctuation.isTerminator(index);
            if (!terminator && !text.isWhiteSpace(index)) {
                index++;
                continue;
            }
            int end = terminator ? punctuation.skipClosing(punctuation.skipTerminators(index)) : index;
            int next = text.skipWhiteSpace(end);
            if (next == text.length()
                    || punctuation.isLineBreakIn(end, next)
                    || (terminator && ends(start, index, end, next))) {
                sentences.add(new Span(start, end));
                start = next;
            }
            index = next;
        }
        if (start < index) {
            sentences.add(new Span(start, index));
        }
        return sentences;
    }

    /** Whether the terminators at {@code mark}, done with at {@code end}, end the sentence that {@code next} follows. */
    private boolean ends(int start, int mark, int end, int next) {
        boolean fullStop = text.sentenceBreak(mark) != SentenceBreak.STERM;
        if (end == next) {
            // Scripts that write no spaces have marks of their own; inside a word, those of ASCII are part of it.
            return !fullStop && text.at(mark) > 0x7F;
        }
        int word = punctuation.skipOpening(next);
        boolean closed = end > punctuation.skipTerminators(mark);
        if (word < text.length() && text.sentenceBreak(word) == SentenceBreak.LOWER) {
            // "etc. and", "wait... what", "'Why?' she asked"; but "why? because" are two.
            return !fullStop && !closed;
        }
        boolean bareFullStop = fullStop && end == mark + 1;
        return !bareFullStop || !isAbbreviated(start, mark, word);
    }

    private boolean isAbbreviated(int start, int fullStop, int nextWord) {
        int token = fullStop;
        while (token > start && !text.isWhiteSpace(token - 1)) {
            token--;
        }
        String before = text.slice(punctuation.skipOpening(token), fullStop);
        String after = text.slice(nextWord, text.skipToken(nextWord));
        return Abbreviations.goesOn(before, token == start, after);
    }
}
