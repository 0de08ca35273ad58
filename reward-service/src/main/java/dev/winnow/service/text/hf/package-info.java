/** Hugging Face {@code tokenizer.json}, by the library that their own training stack uses. */
@NullMarked
package dev.winnow.service.text.hf;

import org.jspecify.annotations.NullMarked;
