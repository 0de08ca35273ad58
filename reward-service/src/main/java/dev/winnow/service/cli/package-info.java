/** Offline command-line tools of the service; {@link dev.winnow.service.cli.WinnowServiceTools} is the entry. */
@NullMarked
package dev.winnow.service.cli;

import org.jspecify.annotations.NullMarked;
