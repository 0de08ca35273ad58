package dev.winnow.service.admission;

/** How many tokens a byte makes, learnt from the samples that were tokenised. Guarded by its admission. */
final class TokenEstimate {
    /** Bytes after which what was learnt counts for 1/e. */
    private static final double MEMORY = 1 << 20;

    private double bytes = 1;
    private double tokens = 1;

    /** At least 1. At first a token for each byte, which no tokenizer exceeds by much. */
    long of(long sampleBytes) {
        return Math.max(1, Math.round(sampleBytes * tokens / bytes));
    }

    void learn(long sampleBytes, long sampleTokens) {
        double kept = Math.exp(-sampleBytes / MEMORY);
        bytes = bytes * kept + sampleBytes;
        tokens = tokens * kept + sampleTokens;
    }
}
