package dev.winnow.ppo.reward;

/**
 * Decodes UTF-8 that comes in pieces, counting code points as they are complete; ill-formed input becomes U+FFFD. Not
 * thread-safe.
 *
 * <p>It is the decoder of the WHATWG Encoding Standard (section 8.1.1), whose replacements are the ones that the Unicode
 * Standard recommends. The JDK's own decoder differs for encoded surrogates (one replacement instead of three) and does
 * not tell which characters are complete without copying its unread bytes around.
 */
final class Utf8Decoder {
    private static final int REPLACEMENT = 0xFFFD;
    private static final int FIRST_CONTINUATION = 0x80;
    private static final int LAST_CONTINUATION = 0xBF;

    private final StringBuilder text = new StringBuilder();
    private int codePoints;

    /** The character under way: its bits so far and how many bytes it still needs; 0 where none is. */
    private int partial;

    private int needed;

    /** What the next byte may be: narrower after some first bytes, which rules out overlong forms and surrogates. */
    private int lowest = FIRST_CONTINUATION;

    private int highest = LAST_CONTINUATION;

    void append(byte[] bytes) {
        for (byte signed : bytes) {
            accept(Byte.toUnsignedInt(signed));
        }
    }

    /** Ends the input: a character still under way becomes one U+FFFD. */
    void finish() {
        if (needed > 0) {
            complete(REPLACEMENT);
        }
    }

    /** Returns the number of complete code points so far. */
    int codePoints() {
        return codePoints;
    }

    /** Returns the complete code points so far. */
    String text() {
        return text.toString();
    }

    private void accept(int next) {
        if (needed > 0 && (next < lowest || next > highest)) {
            complete(REPLACEMENT); // the byte is not part of it and starts anew below
        }
        if (needed == 0) {
            start(next);
            return;
        }
        lowest = FIRST_CONTINUATION;
        highest = LAST_CONTINUATION;
        partial = (partial << 6) | (next & 0x3F);
        needed--;
        if (needed == 0) {
            complete(partial);
        }
    }

    private void start(int first) {
        if (first < 0x80) {
            complete(first);
        } else if (first >= 0xC2 && first <= 0xDF) {
            expect(1, first & 0x1F);
        } else if (first >= 0xE0 && first <= 0xEF) {
            expect(2, first & 0x0F);
            lowest = first == 0xE0 ? 0xA0 : FIRST_CONTINUATION;
            highest = first == 0xED ? 0x9F : LAST_CONTINUATION;
        } else if (first >= 0xF0 && first <= 0xF4) {
            expect(3, first & 0x07);
            lowest = first == 0xF0 ? 0x90 : FIRST_CONTINUATION;
            highest = first == 0xF4 ? 0x8F : LAST_CONTINUATION;
        } else {
            complete(REPLACEMENT);
        }
    }

    private void expect(int continuations, int bits) {
        needed = continuations;
        partial = bits;
    }

    private void complete(int codePoint) {
        text.appendCodePoint(codePoint);
        codePoints++;
        needed = 0;
        lowest = FIRST_CONTINUATION;
        highest = LAST_CONTINUATION;
    }
}
