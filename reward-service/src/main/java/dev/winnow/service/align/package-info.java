/** From a model's logits to values on segments, and from segments to the caller's tokens: pure functions. */
@NullMarked
package dev.winnow.service.align;

import org.jspecify.annotations.NullMarked;
