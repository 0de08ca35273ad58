package dev.winnow.service.input;

/**
 * White space as Python's {@code str.strip} knows it, since chat templates are rendered in Python: Unicode's separators,
 * the controls U+0009 to U+000D and U+001C to U+001F, and U+0085.
 */
final class WhiteSpace {
    private static final char NEXT_LINE = 0x85;

    private WhiteSpace() {}

    /** The text without white space at both ends. */
    static String strip(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && is(text.charAt(start))) {
            start++;
        }
        while (end > start && is(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }

    /** No character outside the Basic Multilingual Plane is white space. */
    private static boolean is(char character) {
        return Character.isWhitespace(character) || Character.isSpaceChar(character) || character == NEXT_LINE;
    }
}
