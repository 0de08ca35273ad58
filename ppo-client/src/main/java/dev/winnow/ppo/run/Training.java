package dev.winnow.ppo.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** What a {@link Loop} repeats, and what of it a checkpoint holds. Not thread-safe. */
interface Training extends AutoCloseable {
    /**
     * Takes one step, which follows from the settings, the step's number and what was learnt before.
     *
     * @param step from 0
     * @return its metrics
     */
    Map<String, Double> step(int step);

    /**
     * Tries on held-out data what was learnt, and writes samples.
     *
     * @param step the last one that was taken, -1 before the first
     * @return metrics; none where there is no held-out data
     */
    Map<String, Double> evaluate(int step) throws IOException;

    /** Writes all that the next step needs into an empty folder. */
    void writeCheckpoint(Path folder) throws IOException;

    /** Returns what the next step needs beside the folder. */
    TrainingState state();

    /** Writes the policy into a folder that does not exist. */
    void writePolicy(Path folder) throws IOException;

    @Override
    void close();
}
