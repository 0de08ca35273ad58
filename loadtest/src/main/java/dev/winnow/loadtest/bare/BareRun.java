package dev.winnow.loadtest.bare;

import java.util.List;

/**
 * What one run over texts took.
 *
 * @param tokens of all rows, special tokens included
 * @param nanos from the start to the end of all
 * @param nanosEach each text's tokenising and run, in the order of the texts
 */
public record BareRun(long tokens, long nanos, List<Long> nanosEach) {}
