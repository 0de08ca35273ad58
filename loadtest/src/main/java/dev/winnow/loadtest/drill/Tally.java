package dev.winnow.loadtest.drill;

import java.time.Duration;

/**
 * What a trainer got for what it asked.
 *
 * @param asked samples
 * @param answered with their rewards, right ones
 * @param wrong answered with others than an undisturbed service gives
 * @param lost answered with an error, after all tries
 * @param twice answers beyond one a sample
 * @param retries tries of samples after their first
 * @param longestStall in which no answer came
 * @param lastLoss the error of the last sample that was lost; empty where none was
 */
record Tally(
        int asked,
        int answered,
        int wrong,
        int lost,
        int twice,
        long retries,
        Duration longestStall,
        String lastLoss) {}
