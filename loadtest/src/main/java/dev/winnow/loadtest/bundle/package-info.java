/** What the load test reads of a bundle's folder. */
@NullMarked
package dev.winnow.loadtest.bundle;

import org.jspecify.annotations.NullMarked;
