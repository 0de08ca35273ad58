package dev.winnow.service.segment;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UCharacter.SentenceBreak;
import com.ibm.icu.lang.UCharacterEnums.ECharacterCategory;

/** What a text has at and around the end of a sentence. Each skip returns the first index that it does not pass. */
record Punctuation(CodePoints text) {
    /** U+2026; Unicode does not count it as a terminator, though three full stops are. */
    private static final int ELLIPSIS = '…';

    boolean isTerminator(int index) {
        return switch (text.sentenceBreak(index)) {
            case SentenceBreak.ATERM, SentenceBreak.STERM -> true;
            default -> text.at(index) == ELLIPSIS;
        };
    }

    int skipTerminators(int from) {
        int index = from;
        while (index < text.length() && isTerminator(index)) {
            index++;
        }
        return index;
    }

    /** Passes closing quotes and brackets, emphasis, and footnote marks such as {@code [12]} and {@code ²}. */
    int skipClosing(int from) {
        int index = from;
        while (index < text.length()) {
            int footnote = skipFootnote(index);
            if (footnote == index && !isClosing(index)) {
                break;
            }
            index = Math.max(footnote, index + 1);
        }
        return skipSpacedClosing(index);
    }

    /** Passes opening quotes and brackets, and emphasis. */
    int skipOpening(int from) {
        int index = from;
        while (index < text.length() && (text.sentenceBreak(index) == SentenceBreak.CLOSE || isEmphasis(index))) {
            index++;
        }
        return index;
    }

    boolean isLineBreakIn(int from, int to) {
        for (int index = from; index < to; index++) {
            switch (text.sentenceBreak(index)) {
                case SentenceBreak.SEP, SentenceBreak.CR, SentenceBreak.LF -> {
                    return true;
                }
                default -> {}
            }
        }
        return false;
    }

    private boolean isClosing(int index) {
        // Sentence_Break has one class for both sides, and quotes that open in one language close in another.
        return switch (UCharacter.getType(text.at(index))) {
            case ECharacterCategory.START_PUNCTUATION -> false;
            case ECharacterCategory.OTHER_NUMBER -> true;
            default -> text.sentenceBreak(index) == SentenceBreak.CLOSE || isEmphasis(index);
        };
    }

    /** Markdown's, as language models write it. */
    private boolean isEmphasis(int index) {
        return text.at(index) == '*' || text.at(index) == '_';
    }

    private int skipFootnote(int from) {
        if (text.at(from) != '[') {
            return from;
        }
        int index = from + 1;
        while (index < text.length() && UCharacter.isLetterOrDigit(text.at(index))) {
            index++;
        }
        return index > from + 1 && index < text.length() && text.at(index) == ']' ? index + 1 : from;
    }

    /** Passes a mark that stands alone behind a space, as in French: {@code « Oui. » Il}. */
    private int skipSpacedClosing(int from) {
        int mark = text.skipWhiteSpace(from);
        if (mark == text.length() || isLineBreakIn(from, mark)) {
            return from;
        }
        int type = UCharacter.getType(text.at(mark));
        boolean closes = type == ECharacterCategory.FINAL_PUNCTUATION || type == ECharacterCategory.END_PUNCTUATION;
        return closes && text.skipToken(mark) == mark + 1 ? mark + 1 : from;
    }
}
