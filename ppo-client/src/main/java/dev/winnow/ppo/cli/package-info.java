/** The command line. Entry point: {@link dev.winnow.ppo.cli.Winnow}. */
@NullMarked
package dev.winnow.ppo.cli;

import org.jspecify.annotations.NullMarked;
