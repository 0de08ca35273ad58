/**
 * Configurations: keys with a kind, a default and a meaning each, read from YAML and from the command line. Entry point:
 * {@link dev.winnow.ppo.config.Configuration}.
 */
@NullMarked
package dev.winnow.ppo.config;

import org.jspecify.annotations.NullMarked;
