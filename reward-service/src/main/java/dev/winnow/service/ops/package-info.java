/** What operators see: metrics, logs and health. */
@NullMarked
package dev.winnow.service.ops;

import org.jspecify.annotations.NullMarked;
