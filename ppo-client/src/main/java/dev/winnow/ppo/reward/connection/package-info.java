/**
 * How a reward service is reached: addresses, encryption, which replica gets a call. Entry point: {@link
 * dev.winnow.ppo.reward.connection.Connection}.
 */
@NullMarked
package dev.winnow.ppo.reward.connection;

import org.jspecify.annotations.NullMarked;
