/**
 * Responses of the policy to prompts, and their rewards. Entry point: {@link dev.winnow.ppo.rollout.RolloutMaker}, which
 * generates one micro-batch while another is rewarded.
 */
@NullMarked
package dev.winnow.ppo.rollout;

import org.jspecify.annotations.NullMarked;
