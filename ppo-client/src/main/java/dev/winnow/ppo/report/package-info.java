/**
 * What people see of a run. {@code folder} reads what it wrote, {@code page} makes its HTML report, {@code compare} holds
 * several runs against each other, {@code tensorboard} writes event files while it goes on.
 */
@NullMarked
package dev.winnow.ppo.report;

import org.jspecify.annotations.NullMarked;
