package dev.winnow.loadtest.load;

/** What becomes of a sample. */
public enum Outcome {
    /** Every reward was computed. */
    REWARDED,
    /** Refused at the admission limit, with a delay to try again after. */
    REJECTED,
    /** Nobody waits for it any more. */
    DEADLINE_EXCEEDED,
    /** Anything else. */
    FAILED
}
