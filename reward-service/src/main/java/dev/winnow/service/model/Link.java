package dev.winnow.service.model;

/** From a segment's logits to its raw value. */
public enum Link {
    /** {@code 1 / (1 + exp(-logit))} of the label. */
    SIGMOID,
    /** The label's share of {@code exp(logit)} over all labels. */
    SOFTMAX,
    /** The label's logit itself. */
    LINEAR;

    /** Computed in double precision, without overflow for any finite logits. */
    public double apply(double[] logits, int label) {
        return switch (this) {
            case SIGMOID -> 1.0 / (1.0 + Math.exp(-logits[label]));
            case SOFTMAX -> {
                double sum = 0;
                for (double logit : logits) {
                    sum += Math.exp(logit - logits[label]);
                }
                yield 1.0 / sum;
            }
            case LINEAR -> logits[label];
        };
    }
}
