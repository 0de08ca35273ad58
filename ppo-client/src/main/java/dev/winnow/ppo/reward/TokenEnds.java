package dev.winnow.ppo.reward;

import dev.winnow.v1.Tokens;
import java.util.ArrayList;
import java.util.List;

/**
 * The text that generated tokens spell, and where in it each of them ends: what {@code Sample.response} and
 * {@code Sample.tokens} are made of. Immutable.
 *
 * <p>The text is the UTF-8 decoding of all the tokens' bytes, with one U+FFFD for each ill-formed piece (the longest
 * start of a well-formed sequence, else one byte), as the Unicode Standard recommends and as Python's
 * {@code bytes.decode("utf-8", "replace")} does.
 *
 * <p>{@code ends[i]} is the number of code points that are complete after token {@code i}: well-formed, or already
 * known to be ill-formed. A character whose bytes are spread over several tokens so counts at the last of them. What is
 * still unfinished after the last token counts there, as one U+FFFD. Ends never decrease, and the last one is the number
 * of code points of the text.
 *
 * @param response the text
 * @param ends one entry a token, in code points
 */
public record TokenEnds(String response, List<Integer> ends) {
    /** Copies the ends. */
    public TokenEnds {
        ends = List.copyOf(ends);
    }

    /**
     * Decodes generated tokens.
     *
     * @param tokens the bytes that each token adds to the text; none for a special token that is left out of it. Where a
     *     tokenizer sets a space before each word but the first, that is for the caller to know: see
     *     {@code docs/token-offsets.md}
     */
    public static TokenEnds of(List<byte[]> tokens) {
        Utf8Decoder decoder = new Utf8Decoder();
        List<Integer> ends = new ArrayList<>(tokens.size());
        for (byte[] token : tokens) {
            decoder.append(token);
            ends.add(decoder.codePoints());
        }
        decoder.finish();
        if (!ends.isEmpty()) {
            ends.set(ends.size() - 1, decoder.codePoints());
        }
        return new TokenEnds(decoder.text(), ends);
    }

    /** Returns the ends as a sample carries them. */
    public Tokens toTokens() {
        return Tokens.newBuilder().addAllEnds(ends).build();
    }
}
