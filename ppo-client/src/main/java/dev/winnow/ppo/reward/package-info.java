/**
 * The client side of the reward service. Entry points: {@link dev.winnow.ppo.reward.RewardClient}, which scores samples
 * and brings them home through overload, restarts and broken connections, and {@link dev.winnow.ppo.reward.TokenEnds},
 * which says where the trainer's tokens end.
 */
@NullMarked
package dev.winnow.ppo.reward;

import org.jspecify.annotations.NullMarked;
