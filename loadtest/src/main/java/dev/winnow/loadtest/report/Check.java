package dev.winnow.loadtest.report;

/**
 * A claim of the project, held against what was measured.
 *
 * @param claim what is measured
 * @param measured its value
 * @param expected the values that the claim allows, such as {@code <= 1.05}
 * @param verdict whether it holds
 */
public record Check(String claim, double measured, String expected, Verdict verdict) {
    /** Whether a claim holds. */
    public enum Verdict {
        HOLDS,
        FAILS,
        /** Measured under conditions in which the figure says nothing; the claim says which. */
        UNDECIDED
    }

    /** A value that may not be above a bound. */
    public static Check atMost(String claim, double measured, double bound) {
        return new Check(claim, measured, "<= " + Numbers.text(bound), verdict(measured <= bound));
    }

    /** A value that may not be below a bound. */
    public static Check atLeast(String claim, double measured, double bound) {
        return new Check(claim, measured, ">= " + Numbers.text(bound), verdict(measured >= bound));
    }

    /** A count that has to be 0. */
    public static Check none(String claim, long count) {
        return atMost(claim, (double) count, 0);
    }

    /** Returns the same check as one that decides nothing, for a reason. */
    public Check undecided(String reason) {
        return new Check(claim + " (" + reason + ")", measured, expected, Verdict.UNDECIDED);
    }

    private static Verdict verdict(boolean holds) {
        return holds ? Verdict.HOLDS : Verdict.FAILS;
    }
}
