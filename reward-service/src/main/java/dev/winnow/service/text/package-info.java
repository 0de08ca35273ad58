/** The tokenizer port, and tokenised text whose tokens keep their place in the characters. */
@NullMarked
package dev.winnow.service.text;

import org.jspecify.annotations.NullMarked;
