package dev.winnow.service.text;

import dev.winnow.service.domain.Span;
import java.util.List;

/**
 * The tokens of one text and the code points that each stands for. Several tokens may share a code point (byte-level
 * tokenizers cut inside characters) and a token may have an empty span (markers that stand for no text).
 *
 * @param ids vocabulary ids
 * @param spans one for each id
 */
public record TokenizedText(List<Integer> ids, List<Span> spans) {
    public TokenizedText {
        if (ids.size() != spans.size()) {
            throw new IllegalArgumentException(
                    "spans: %d (expected: one for each of %d ids)".formatted(spans.size(), ids.size()));
        }
    }

    public int size() {
        return ids.size();
    }
}
