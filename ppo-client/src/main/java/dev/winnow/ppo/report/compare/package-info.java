/** Several runs against each other. Entry point: {@link dev.winnow.ppo.report.compare.RunComparison}. */
@NullMarked
package dev.winnow.ppo.report.compare;

import org.jspecify.annotations.NullMarked;
