/** Cuts a response into the segments that rewards sit on; {@link dev.winnow.service.segment.Segmenter} is the entry. */
@NullMarked
package dev.winnow.service.segment;

import org.jspecify.annotations.NullMarked;
