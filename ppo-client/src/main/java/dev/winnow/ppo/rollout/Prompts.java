package dev.winnow.ppo.rollout;

import java.util.ArrayList;
import java.util.List;

/**
 * Which prompts a step has: passes over all of them, each in another order. It follows from the seed and the step's
 * number alone, so a run that goes on after a stop has the prompts that it would have had. Immutable.
 */
public final class Prompts {
    private final List<Prompt> prompts;
    private final Seeds seeds;

    /**
     * Makes an order of prompts.
     *
     * @param prompts at least one
     */
    public Prompts(List<Prompt> prompts, Seeds seeds) {
        Settings.require(!prompts.isEmpty(), "prompts", 0, "at least 1");
        this.prompts = List.copyOf(prompts);
        this.seeds = seeds;
    }

    /**
     * Returns the prompts of a step.
     *
     * @param step from 0
     */
    public List<Prompt> ofStep(int step, int number) {
        List<Prompt> chosen = new ArrayList<>(number);
        long first = (long) step * number;
        int[] order = {};
        for (int index = 0; index < number; index++) {
            int place = (int) ((first + index) % prompts.size());
            if (index == 0 || place == 0) {
                order = seeds.order((first + index) / prompts.size(), prompts.size());
            }
            chosen.add(prompts.get(order[place]));
        }
        return chosen;
    }
}
