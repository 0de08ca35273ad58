/** The service as a process: its start, its end, its CPU time, memory and metrics. */
@NullMarked
package dev.winnow.loadtest.process;

import org.jspecify.annotations.NullMarked;
