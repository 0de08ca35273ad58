/** Lays a sample out as the row of tokens that a model reads, and remembers where in it the response stands. */
@NullMarked
package dev.winnow.service.input;

import org.jspecify.annotations.NullMarked;
