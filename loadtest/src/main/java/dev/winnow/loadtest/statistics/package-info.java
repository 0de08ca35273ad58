/** Medians, spreads and latency histograms. */
@NullMarked
package dev.winnow.loadtest.statistics;

import org.jspecify.annotations.NullMarked;
