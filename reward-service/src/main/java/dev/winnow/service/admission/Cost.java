package dev.winnow.service.admission;

/**
 * What a sample takes of what is limited.
 *
 * @param bytes on the wire, which memory is taken for
 * @param tokens over all runs, which time is taken for; estimated until the sample is tokenised
 */
record Cost(long bytes, long tokens) {
    Cost plus(Cost other) {
        return new Cost(bytes + other.bytes, tokens + other.tokens);
    }

    Cost minus(Cost other) {
        return new Cost(bytes - other.bytes, tokens - other.tokens);
    }
}
