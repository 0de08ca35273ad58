package dev.winnow.service.segment;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.text.BreakIterator;
import com.ibm.icu.util.ULocale;
import dev.winnow.service.domain.Span;
import dev.winnow.service.domain.Text;
import java.util.ArrayList;
import java.util.List;

/**
 * Words by Unicode UAX #29 as ICU's root locale has it, dictionaries for scripts without spaces included. Punctuation
 * and emoji are words too: all that a text holds but white space can be rewarded.
 */
final class Words {
    private Words() {}

    static List<Span> of(Text text) {
        String value = text.toString();
        // A new iterator each time: they hold the text they run over, so one cannot be shared between threads.
        BreakIterator boundaries = BreakIterator.getWordInstance(ULocale.ROOT);
        boundaries.setText(value);
        List<Span> words = new ArrayList<>();
        int start = boundaries.first();
        for (int end = boundaries.next(); end != BreakIterator.DONE; end = boundaries.next()) {
            int from = start;
            int to = end;
            // A word can begin with a space: one that carries a combining mark.
            while (from < to && UCharacter.isUWhiteSpace(value.charAt(from))) {
                from++;
            }
            while (to > from && UCharacter.isUWhiteSpace(value.charAt(to - 1))) {
                to--;
            }
            if (from < to) {
                words.add(new Span(text.toCodePoint(from), text.toCodePoint(to)));
            }
            start = end;
        }
        return words;
    }
}
