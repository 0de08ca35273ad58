/** The service's settings. */
@NullMarked
package dev.winnow.service.config;

import org.jspecify.annotations.NullMarked;
