/**
 * Training runs: their configuration, their folder with metrics, samples and checkpoints, and the loop that can be
 * killed at any moment and gone on with. Entry point: {@link dev.winnow.ppo.run.Run}. What a folder holds is
 * described in {@code docs/training.md}.
 */
@NullMarked
package dev.winnow.ppo.run;

import org.jspecify.annotations.NullMarked;
