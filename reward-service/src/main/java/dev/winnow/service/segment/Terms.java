package dev.winnow.service.segment;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.text.Normalizer2;
import dev.winnow.service.domain.Density;
import dev.winnow.service.domain.Text;
import java.util.List;

/**
 * The words of a text in the form in which words of two texts are compared: those of {@link Density#TOKEN}, each by its
 * Unicode {@code NFKC_Casefold}, that then have a letter (general category L) or a decimal digit (Nd). So {@code Straße},
 * {@code STRASSE} and a {@code Straße} with soft hyphens are one term, and punctuation is none.
 */
public final class Terms {
    private static final Normalizer2 NFKC_CASEFOLD = Normalizer2.getNFKCCasefoldInstance();

    private Terms() {}

    /** In the order of the text, as often as they stand there. Pure, thread-safe, and linear in the text's length. */
    public static List<String> of(Text text) {
        return Words.of(text).stream()
                .map(text::slice)
                .map(NFKC_CASEFOLD::normalize)
                .filter(term -> term.codePoints().anyMatch(UCharacter::isLetterOrDigit))
                .toList();
    }
}
