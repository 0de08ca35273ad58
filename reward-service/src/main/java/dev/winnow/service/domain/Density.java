package dev.winnow.service.domain;

/** Where the values of a reward sit. */
public enum Density {
    /** One value a word (Unicode UAX #29). */
    TOKEN,
    /** One value for each segment that the caller gives. */
    STEP,
    /** One value a sub-sentence. */
    SUB_SENTENCE,
    /** One value a sentence. */
    SENTENCE,
    /** One value for the whole response. */
    SEQUENCE
}
