package dev.winnow.ppo.reward;

import dev.winnow.v1.ListRewardsResponse;

/**
 * What a server takes in one call.
 *
 * @param samples most samples
 * @param bytes most bytes of one message
 */
public record Limits(int samples, int bytes) {
    /** For a server that does not tell: any number of samples, and gRPC's own default of 4 MiB. */
    public static final Limits DEFAULT = new Limits(Integer.MAX_VALUE, 4 << 20);

    /** Returns the limits that a server lists, and the default for those that it does not. */
    public static Limits of(ListRewardsResponse listed) {
        return new Limits(
                listed.getMaximumSamplesPerCall() > 0 ? listed.getMaximumSamplesPerCall() : DEFAULT.samples,
                listed.getMaximumMessageBytes() > 0 ? listed.getMaximumMessageBytes() : DEFAULT.bytes);
    }
}
