package dev.winnow.service.domain;

/** Half-open range {@code [start, end)} of a text, in Unicode code points. */
public record Span(int start, int end) {
    public Span {
        if (start < 0 || end < start) {
            throw new IllegalArgumentException("span: [%d, %d) (expected: 0 <= start <= end)".formatted(start, end));
        }
    }

    /** Whether the two have at least one code point in common; an empty span overlaps nothing. */
    public boolean overlaps(Span other) {
        return Math.max(start, other.start) < Math.min(end, other.end);
    }
}
