/**
 * Set-ups too large to be had, simulated from measured service times: trainers, balancing, replicas with their admission
 * and queue, and what runs the rows. Entry points: {@link dev.winnow.loadtest.simulation.SetUp} says what is simulated,
 * {@link dev.winnow.loadtest.simulation.Observations} what came of it. The same set-up always gives the same figures.
 */
@NullMarked
package dev.winnow.loadtest.simulation;

import org.jspecify.annotations.NullMarked;
