/** The experiments of {@code ./winnow bench scale}: each is a table of set-ups that are simulated. */
@NullMarked
package dev.winnow.loadtest.scenario.scale;

import org.jspecify.annotations.NullMarked;
