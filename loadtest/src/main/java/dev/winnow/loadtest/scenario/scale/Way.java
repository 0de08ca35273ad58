package dev.winnow.loadtest.scenario.scale;

import dev.winnow.loadtest.simulation.Balancing;
import dev.winnow.loadtest.simulation.Sending;

/** A way of getting samples to replicas, with its name in the tables. */
record Way(String name, Sending sending, Balancing balancing) {
    static Way inTurn(String name, Sending sending) {
        return new Way(name, sending, Balancing.ROUND_ROBIN);
    }
}
