package dev.winnow.service.align;

import dev.winnow.service.domain.FailureException;
import java.util.ArrayList;
import java.util.List;

/** The sum over weighted rewards of weight x value, per token of the caller. Summed in double precision, in order. */
public final class CombinedReward {
    private final double[] sums;

    /** All zero: a token that no segment ends at has no reward. */
    public CombinedReward(int tokens) {
        sums = new double[tokens];
    }

    public void add(float weight, List<Float> values, List<Integer> placements) {
        for (int segment = 0; segment < values.size(); segment++) {
            sums[placements.get(segment)] += (double) weight * values.get(segment);
        }
    }

    /**
     * The sums, one a token.
     *
     * @throws FailureException if the weights are so large that a sum leaves the range of a float
     */
    public List<Float> perToken() {
        List<Float> combined = new ArrayList<>(sums.length);
        for (double sum : sums) {
            if (!Float.isFinite((float) sum)) {
                throw FailureException.invalidArgument("weights: combined reward %s (expected: a finite float)", sum);
            }
            combined.add((float) sum);
        }
        return combined;
    }
}
