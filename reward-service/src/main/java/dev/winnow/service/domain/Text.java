package dev.winnow.service.domain;

import java.util.Arrays;

/**
 * A text that is addressed by Unicode code points, as the wire does, though Java and most of its libraries count UTF-16
 * units. Immutable; both directions of the mapping take constant time, or logarithmic where the text has code points
 * outside the Basic Multilingual Plane.
 */
public final class Text {
    private final String value;
    private final int length;
    /** UTF-16 index of each code point and of the end; empty where the two ways of counting agree. */
    private final int[] utf16Indexes;

    private Text(String value, int length, int[] utf16Indexes) {
        this.value = value;
        this.length = length;
        this.utf16Indexes = utf16Indexes;
    }

    /** A lone surrogate counts as one code point. */
    public static Text of(String value) {
        int length = value.codePointCount(0, value.length());
        if (length == value.length()) {
            return new Text(value, length, new int[0]);
        }
        int[] indexes = new int[length + 1];
        int utf16 = 0;
        for (int codePoint = 0; codePoint < length; codePoint++) {
            indexes[codePoint] = utf16;
            utf16 += Character.charCount(value.codePointAt(utf16));
        }
        indexes[length] = value.length();
        return new Text(value, length, indexes);
    }

    /** Number of code points. */
    public int length() {
        return length;
    }

    public boolean isEmpty() {
        return length == 0;
    }

    public Span whole() {
        return new Span(0, length);
    }

    /** UTF-16 index of the given code point; {@code length()} gives the end of the string. */
    public int toUtf16(int codePoint) {
        return utf16Indexes.length == 0 ? codePoint : utf16Indexes[codePoint];
    }

    /** Code point at the given UTF-16 index; an index inside a surrogate pair belongs to the pair's code point. */
    public int toCodePoint(int utf16) {
        if (utf16Indexes.length == 0) {
            return utf16;
        }
        int found = Arrays.binarySearch(utf16Indexes, utf16);
        return found >= 0 ? found : -found - 2;
    }

    /** The part of the text that the span covers. */
    public String slice(Span span) {
        return value.substring(toUtf16(span.start()), toUtf16(span.end()));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Text text && value.equals(text.value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    /** The text itself. */
    @Override
    public String toString() {
        return value;
    }
}
