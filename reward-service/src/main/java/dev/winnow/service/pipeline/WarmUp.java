package dev.winnow.service.pipeline;

import dev.winnow.service.model.ModelFailedException;
import dev.winnow.service.model.TokenRow;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Runs a model at several lengths, up to its longest, before it serves: what a runtime prepares at a length that it has
 * not seen costs no caller anything, and a model that has not the memory for its longest row is found at once.
 */
public final class WarmUp {
    private static final int SHORTEST = 8;
    private static final int GROWTH = 4;

    private WarmUp() {}

    /**
     * Runs the model in the calling thread.
     *
     * @throws ModelFailedException if it fails at one of the lengths
     */
    public static void run(RewardModel model) {
        for (int width : widths(model.manifest().maximumTokens())) {
            List<Integer> zeros = Collections.nCopies(width, 0);
            model.runner().run(new TokenRow(zeros, zeros));
        }
    }

    /** In tokens: 8, 32, 128, ... and at last the longest row. */
    static List<Integer> widths(int maximumTokens) {
        List<Integer> widths = new ArrayList<>();
        for (long width = SHORTEST; width < maximumTokens; width *= GROWTH) {
            widths.add((int) width);
        }
        widths.add(maximumTokens);
        return widths;
    }
}
