/**
 * Event files, which TensorBoard shows. Entry point: {@link dev.winnow.ppo.report.tensorboard.TensorBoardFile}.
 */
@NullMarked
package dev.winnow.ppo.report.tensorboard;

import org.jspecify.annotations.NullMarked;
