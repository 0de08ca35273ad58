package dev.winnow.service.batch;

/** A row that waits, as much of it as a {@link BatchPolicy} may know. */
interface QueuedRow {
    /** Tokens. */
    int width();
}
