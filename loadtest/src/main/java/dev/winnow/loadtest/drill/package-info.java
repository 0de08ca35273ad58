/** Failures of a small fleet under load: what each costs those who train. */
@NullMarked
package dev.winnow.loadtest.drill;

import org.jspecify.annotations.NullMarked;
