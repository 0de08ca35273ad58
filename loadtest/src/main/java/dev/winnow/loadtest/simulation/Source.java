package dev.winnow.loadtest.simulation;

/** Hands samples over to senders, from its start until the end of the watch. */
interface Source {
    void start();
}
