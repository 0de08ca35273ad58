package dev.winnow.loadtest.report;

import java.util.List;

/**
 * What a scenario found.
 *
 * @param scenario its name
 * @param question what it measures, in a sentence
 * @param tables what was measured
 * @param checks the project's claims
 */
public record Result(String scenario, String question, List<Figures> tables, List<Check> checks, Chart chart) {
    /** Whether no claim fails. */
    public boolean holds() {
        return checks.stream().noneMatch(check -> check.verdict() == Check.Verdict.FAILS);
    }
}
