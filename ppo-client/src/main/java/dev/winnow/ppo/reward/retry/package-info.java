/**
 * When a try that failed is followed by another, and how long to wait in between. Entry point: {@link
 * dev.winnow.ppo.reward.retry.Retries}.
 */
@NullMarked
package dev.winnow.ppo.reward.retry;

import org.jspecify.annotations.NullMarked;
