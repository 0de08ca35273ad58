/** What every layer speaks of: samples, spans, densities, values, failures; and the ports for metrics. */
@NullMarked
package dev.winnow.service.domain;

import org.jspecify.annotations.NullMarked;
