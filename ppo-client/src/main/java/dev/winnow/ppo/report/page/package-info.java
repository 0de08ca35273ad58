/** The report of one run as an HTML page. Entry point: {@link dev.winnow.ppo.report.page.RunReport}. */
@NullMarked
package dev.winnow.ppo.report.page;

import org.jspecify.annotations.NullMarked;
