package dev.winnow.service.model;

/**
 * Where a value comes from.
 *
 * @param output name of an output {@code [rows, width, labels]}, or {@code [rows, labels]} where the graph pools
 * @param label index of the label that the value speaks of
 */
public record ReadOut(String output, int label, Pooling pooling) {}
