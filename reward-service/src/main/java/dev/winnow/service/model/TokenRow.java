package dev.winnow.service.model;

import java.util.List;

/**
 * One laid-out input of a model, {@code [width]}.
 *
 * @param ids vocabulary ids
 * @param types token types (segment ids of a BERT), one for each id
 */
public record TokenRow(List<Integer> ids, List<Integer> types) {
    public TokenRow {
        ids = List.copyOf(ids);
        types = List.copyOf(types);
        if (ids.size() != types.size()) {
            throw new IllegalArgumentException(
                    "types: %d (expected: one for each of %d ids)".formatted(types.size(), ids.size()));
        }
    }

    public int width() {
        return ids.size();
    }
}
