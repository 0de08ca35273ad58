package dev.winnow.service.model;

/** The arithmetic of a model's run, whatever its weights are stored as. */
public enum Precision {
    FP32,
    /**
     * Integer matrix products with a scale for the activations that is taken over the whole batch, so that a value would
     * depend on its neighbours: such a model must run rows alone, as all rows on a CPU do.
     */
    INT8
}
