package dev.winnow.service.domain;

/** Where work can be dropped because nobody wants it any more. */
public enum Stage {
    /** A sample of a stream that waits for room. */
    ADMISSION,
    /** A sample that waits for being tokenised. */
    TOKENIZATION,
    /** A row that waits for a worker. */
    QUEUE,
    /** A row that a model runs. */
    RUN
}
