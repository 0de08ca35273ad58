package dev.winnow.service.model;

import java.util.Optional;

/**
 * Where a value comes from.
 *
 * @param output name of an output {@code [rows, width, labels]}, or {@code [rows, labels]} where the graph pools
 * @param label index of the label that the value speaks of
 * @param statistics what the values are like; empty where the bundle does not tell
 */
public record ReadOut(String output, int label, Pooling pooling, Optional<ValueStatistics> statistics) {}
