package dev.winnow.service.align;

import dev.winnow.service.domain.Span;
import java.util.List;

/**
 * The values of one reward over one response.
 *
 * @param raw {@code link(logit)}, one for each segment
 * @param values normalised, one for each segment
 */
public record SegmentValues(List<Span> segments, List<Float> raw, List<Float> values) {}
