/** Results as a table, as JSON and as a chart. */
@NullMarked
package dev.winnow.loadtest.report;

import org.jspecify.annotations.NullMarked;
