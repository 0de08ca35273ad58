package dev.winnow.service.align;

import dev.winnow.service.domain.Density;
import dev.winnow.service.domain.FailureException;
import dev.winnow.service.domain.Span;
import dev.winnow.service.input.LaidOutInput;
import dev.winnow.service.model.Logits;
import dev.winnow.service.model.Pooling;
import dev.winnow.service.model.ReadOut;
import dev.winnow.service.model.RewardSpecification;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads the values of a reward's segments out of its model's logits: pools the logits over the tokens that overlap a
 * segment, then applies link and normalisation.
 */
public final class SegmentReader {
    private SegmentReader() {}

    /**
     * One value a segment. A word or sentence that the reward model's tokenizer drops altogether (control characters,
     * say) has nothing to read and is left out; a step is the caller's own, so there it is an error.
     *
     * @param segments ordered and not overlapping
     * @throws FailureException if a step, or a whole response that is pooled, has no token to read
     * @throws NotFiniteException if the model gave a logit or a value that is not finite
     */
    public static SegmentValues read(
            RewardSpecification reward, Density density, List<Span> segments, LaidOutInput input, Logits logits) {
        ReadOut readOut = reward.readOuts().get(density);
        if (readOut == null) {
            throw new IllegalArgumentException("density: %s (expected: one of %s)"
                    .formatted(density, reward.readOuts().keySet()));
        }
        Logits.Output output = logits.output(readOut.output());
        List<Span> read = new ArrayList<>(segments.size());
        List<Float> raws = new ArrayList<>(segments.size());
        List<Float> values = new ArrayList<>(segments.size());
        int firstToken = 0;
        for (Span segment : segments) {
            firstToken = skipBefore(segment, input.responseSpans(), firstToken);
            double[] pooled = pool(readOut, segment, firstToken, input, output);
            if (pooled.length == 0) {
                requireDroppable(density, segment);
                continue;
            }
            for (double logit : pooled) {
                // A link may turn an infinite logit into a finite value.
                if (!Double.isFinite(logit)) {
                    throw new NotFiniteException(reward.name(), density, logit);
                }
            }
            double raw = reward.link().apply(pooled, readOut.label());
            float value = (float) reward.normalisation().apply(raw);
            if (!Float.isFinite(value)) {
                throw new NotFiniteException(reward.name(), density, value);
            }
            read.add(segment);
            raws.add((float) raw);
            values.add(value);
        }
        return new SegmentValues(read, raws, values);
    }

    /** Index of the first token, from {@code token} on, that does not end before the segment starts. */
    private static int skipBefore(Span segment, List<Span> tokens, int token) {
        int first = token;
        while (first < tokens.size() && tokens.get(first).end() <= segment.start()) {
            first++;
        }
        return first;
    }

    /** The segment's logits, one a label; empty where the segment has no token. */
    private static double[] pool(
            ReadOut readOut, Span segment, int firstToken, LaidOutInput input, Logits.Output output) {
        return switch (readOut.pooling()) {
            case FIRST_TOKEN, POOLED -> row(output, 0);
            case LAST_TOKEN -> row(output, input.row().width() - 1);
            case MAX, MEAN -> poolSegment(readOut, segment, firstToken, input, output);
        };
    }

    private static double[] poolSegment(
            ReadOut readOut, Span segment, int firstToken, LaidOutInput input, Logits.Output output) {
        double[] pooled = new double[output.labels()];
        Arrays.fill(pooled, readOut.pooling() == Pooling.MAX ? Double.NEGATIVE_INFINITY : 0);
        int count = 0;
        List<Span> tokens = input.responseSpans();
        for (int token = firstToken; token < tokens.size() && tokens.get(token).start() < segment.end(); token++) {
            if (!tokens.get(token).overlaps(segment)) {
                continue;
            }
            count++;
            for (int label = 0; label < pooled.length; label++) {
                double logit = output.at(input.responseStart() + token, label);
                pooled[label] =
                        readOut.pooling() == Pooling.MAX ? Math.max(pooled[label], logit) : pooled[label] + logit;
            }
        }
        if (count == 0) {
            return new double[0];
        }
        if (readOut.pooling() == Pooling.MEAN) {
            for (int label = 0; label < pooled.length; label++) {
                pooled[label] /= count;
            }
        }
        return pooled;
    }

    private static double[] row(Logits.Output output, int token) {
        double[] logits = new double[output.labels()];
        Arrays.setAll(logits, label -> output.at(token, label));
        return logits;
    }

    private static void requireDroppable(Density density, Span segment) {
        if (density == Density.STEP || density == Density.SEQUENCE) {
            throw FailureException.invalidArgument(
                    "%s segment [%d, %d): no token of the reward model's tokenizer (expected: at least one)",
                    density, segment.start(), segment.end());
        }
    }
}
