package dev.winnow.service.input;

import dev.winnow.service.domain.Span;
import dev.winnow.service.model.TokenRow;
import java.util.List;

/**
 * A sample as one row.
 *
 * @param responseStart index in the row of the response's first token
 * @param responseSpans for each token of the response the code points that it stands for
 * @param truncated whether something other than the response was shortened
 */
public record LaidOutInput(TokenRow row, int responseStart, List<Span> responseSpans, boolean truncated) {}
