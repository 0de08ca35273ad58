/**
 * Proximal policy optimisation on dense rewards. Entry points: {@link dev.winnow.ppo.ppo.PpoTrainer}, whose step reads
 * as numbered phases, and {@link dev.winnow.ppo.ppo.PpoSettings}. Every detail with its source, and every metric with
 * its formula, is in {@code docs/ppo-details.md}.
 */
@NullMarked
package dev.winnow.ppo.ppo;

import org.jspecify.annotations.NullMarked;
