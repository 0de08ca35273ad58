package dev.winnow.service.model;

/**
 * What the values of a reward at one density are like over the data that the model was trained on. For people who choose
 * weights; no value depends on it.
 *
 * @param mean mean of the served values, in their unit
 * @param std standard deviation of the served values, in their unit, at least 0
 */
public record ValueStatistics(float mean, float std) {}
