/** Texts to score: drawn from a corpus, or from a file. */
@NullMarked
package dev.winnow.loadtest.text;

import org.jspecify.annotations.NullMarked;
