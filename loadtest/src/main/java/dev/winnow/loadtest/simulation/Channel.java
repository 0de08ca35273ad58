package dev.winnow.loadtest.simulation;

import java.util.random.RandomGenerator;

/**
 * What all senders of one trainer need.
 *
 * @param roundTrip in nanoseconds
 */
record Channel(
        Timeline timeline,
        long roundTrip,
        Balancing.Balancer balancer,
        RandomGenerator random,
        Observations observations) {}
