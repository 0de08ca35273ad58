package dev.winnow.loadtest.simulation;

import java.util.List;

/** Brings one trainer's samples to the replicas, and finishes each. */
interface Sender {
    void send(List<Sample> samples);
}
