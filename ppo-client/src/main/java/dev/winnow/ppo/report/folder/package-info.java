/**
 * The folder that a run writes, read back: settings, metrics and sample generations. Entry point:
 * {@link dev.winnow.ppo.report.folder.RecordedRun}.
 */
@NullMarked
package dev.winnow.ppo.report.folder;

import org.jspecify.annotations.NullMarked;
