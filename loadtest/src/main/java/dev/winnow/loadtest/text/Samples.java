package dev.winnow.loadtest.text;

import dev.winnow.v1.Sample;

/** Samples to score, without end. Not thread-safe. */
public interface Samples {
    /** Draws the next. */
    Sample next();
}
