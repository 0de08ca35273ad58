/** The scenarios: each one question, with the command-line options that belong to it. */
@NullMarked
package dev.winnow.loadtest.scenario;

import org.jspecify.annotations.NullMarked;
