package dev.winnow.service.segment;

import dev.winnow.service.domain.Span;
import java.util.ArrayList;
import java.util.List;

/**
 * Sub-sentences as the feedback of arXiv 2306.01693 was turned into labels with: a sentence is cut after a token that
 * ends in a comma, semicolon, exclamation or question mark, where both sides are long enough. Tokens are what stands
 * between white space.
 */
final class SubSentences {
    /** The reference's four, and the same marks of other scripts. */
    private static final String MARKS = ",;!?" + "،؛؟" + "，；！？";
    /** A cut leaves more tokens than this behind it. */
    private static final int TOKENS_AFTER = 5;
    /** A piece with fewer tokens joins the one before it. */
    private static final int TOKENS_OF_A_PIECE = 5;

    private SubSentences() {}

    static List<Span> of(CodePoints text) {
        List<Span> pieces = new ArrayList<>();
        for (Span sentence : Sentences.of(text)) {
            cut(text, text.tokens(sentence), pieces);
        }
        return pieces;
    }

    private static void cut(CodePoints text, List<Span> tokens, List<Span> pieces) {
        int firstOfSentence = pieces.size();
        int first = 0;
        for (int next = 1; next + TOKENS_AFTER < tokens.size(); next++) {
            Span last = tokens.get(next - 1);
            if (MARKS.indexOf(text.at(last.end() - 1)) < 0) {
                continue;
            }
            if (next - first >= TOKENS_OF_A_PIECE) {
                pieces.add(new Span(tokens.get(first).start(), last.end()));
                first = next;
            } else if (pieces.size() > firstOfSentence) {
                pieces.add(new Span(pieces.removeLast().start(), last.end()));
                first = next;
            }
            // Otherwise it is the sentence's first piece, which has none to join and grows.
        }
        pieces.add(new Span(tokens.get(first).start(), tokens.getLast().end()));
    }
}
