/** Calls over the real protocol: when they start, what becomes of them, how long it takes. */
@NullMarked
package dev.winnow.loadtest.load;

import org.jspecify.annotations.NullMarked;
