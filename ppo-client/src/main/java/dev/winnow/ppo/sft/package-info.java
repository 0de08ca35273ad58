/**
 * Supervised learning of a policy: the likelihood of given responses, or of whole texts. Entry point:
 * {@link dev.winnow.ppo.sft.SupervisedTrainer}.
 */
@NullMarked
package dev.winnow.ppo.sft;

import org.jspecify.annotations.NullMarked;
