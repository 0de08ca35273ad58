package dev.winnow.service.segment;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Whether a full stop belongs to an abbreviation, an initial or the number of an item, so that the sentence may go on.
 * The words are English; initials and dotted abbreviations are known in any script with letters.
 */
final class Abbreviations {
    /** Never end a sentence: what they introduce follows. */
    private static final Set<String> INTRODUCING = words("""
            mr mrs ms dr prof gen lt col maj capt cpt sgt cpl adm cmdr rev fr hon gov sen rep pres supt messrs mme mlle
            vs v cf e.g i.e viz
            """);
    /** Go on before a number alone; elsewhere some are words of their own. */
    private static final Set<String> NUMBERED = words("no nos vol vols p pp pg ch art sec fig figs eq op ed pt");
    /** Stand inside a sentence as well as at its end. */
    private static final Set<String> EITHER = words("""
            st mt ft jr sr inc ltd co corp llc bros etc al ave blvd rd dept univ est approx ca ph.d
            jan feb mar apr jun jul aug sep sept oct nov dec
            """);
    /** With a capital they show that a sentence begins. */
    private static final Set<String> OPENERS = words("""
            The A An This That These Those There Then It Its He His She Her They Their We Our You Your I My In On At By
            For From To With As After Before During Since When While Although Though If Because However Therefore But And
            Or So Also Both Each Some Many Most Other Another One Today What Who Where Why How Which
            """);

    private static final Pattern DOTTED = Pattern.compile("\\p{L}\\p{M}*(\\.\\p{L}\\p{M}*)+");
    private static final Pattern INITIAL = Pattern.compile("(\\p{L}\\.)*-?\\p{Lu}\\p{M}*");
    private static final Pattern ITEM_NUMBER = Pattern.compile("\\p{Nd}{1,3}|\\p{L}|[ivxIVX]+");
    private static final Pattern NOT_IN_WORD = Pattern.compile("[^\\p{L}\\p{M}]");
    /** UTF-16 units; keeps patterns off a token that is as long as the text. */
    private static final int LONGEST = 20;

    private Abbreviations() {}

    /**
     * @param token what stands before the full stop, without opening marks
     * @param first whether the sentence so far is that token
     * @param next the token that follows, without opening marks
     */
    static boolean goesOn(String token, boolean first, String next) {
        if (token.length() > LONGEST) {
            return false;
        }
        String key = token.toLowerCase(Locale.ROOT);
        if (INTRODUCING.contains(key) || (first && ITEM_NUMBER.matcher(token).matches())) {
            return true;
        }
        if (NUMBERED.contains(key)) {
            return !next.isEmpty() && Character.isDigit(next.codePointAt(0));
        }
        return isEither(token, key) && !OPENERS.contains(NOT_IN_WORD.split(next, 2)[0]);
    }

    private static boolean isEither(String token, String key) {
        return EITHER.contains(key)
                || INITIAL.matcher(token).matches()
                || DOTTED.matcher(token).matches();
    }

    private static Set<String> words(String separated) {
        return Set.of(separated.strip().split("\\s+"));
    }
}
