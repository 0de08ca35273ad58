package dev.winnow.loadtest.report;

/**
 * All of one run of a scenario, as the JSON file has it.
 *
 * @param command how it was called
 */
public record Report(String command, Machine machine, Result result) {}
