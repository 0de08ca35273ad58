/** Permits for work in flight: what bounds the service's memory and its queue. */
@NullMarked
package dev.winnow.service.admission;

import org.jspecify.annotations.NullMarked;
