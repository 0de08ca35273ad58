package dev.winnow.loadtest.scenario;

import dev.winnow.loadtest.report.Result;
import java.io.IOException;

/** One question to the service, with its own options. */
public interface Scenario {
    /**
     * Measures.
     *
     * @throws IOException where the service or a file cannot be used
     */
    Result measure(Workbench bench) throws IOException, InterruptedException;
}
