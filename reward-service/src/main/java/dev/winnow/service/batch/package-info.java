/** Decides what runs when. The only place where work changes threads. */
@NullMarked
package dev.winnow.service.batch;

import org.jspecify.annotations.NullMarked;
