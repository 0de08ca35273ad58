package dev.winnow.ppo.run;

import java.util.Map;

/** Who watches a run. */
public interface Progress {
    /**
     * Is called before the first step.
     *
     * @param done steps that the run has behind it
     */
    void begin(int done, int steps);

    /** Is called behind each step, from 0. */
    void step(int step, Map<String, Double> metrics);

    /** Says something that a person should know. */
    void tell(String message);
}
