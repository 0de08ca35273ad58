/** The command {@code ./winnow bench}. */
@NullMarked
package dev.winnow.loadtest.cli;

import org.jspecify.annotations.NullMarked;
