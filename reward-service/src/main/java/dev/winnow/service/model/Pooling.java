package dev.winnow.service.model;

/** How the logits of a row become the logits of one segment. */
public enum Pooling {
    /** The greatest logit of the segment's tokens. */
    MAX,
    /** The mean logit of the segment's tokens. */
    MEAN,
    /** The logit at the row's first token, whatever the segment. */
    FIRST_TOKEN,
    /** The logit at the row's last token, whatever the segment. */
    LAST_TOKEN,
    /** The one logit that the graph gives a row. */
    POOLED
}
