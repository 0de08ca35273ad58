package dev.winnow.service.model;

/** The arithmetic of a model's run, whatever its weights are stored as. */
enum Precision {
    FP32
}
