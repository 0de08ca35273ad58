/** Makes the parts and joins them: the only place that knows them all. */
@NullMarked
package dev.winnow.service.wiring;

import org.jspecify.annotations.NullMarked;
