package dev.winnow.ppo.ppo;

/** Sums over tokens that were learnt from; see {@link PolicyLoss} and {@link ValueLoss}. */
record LossSums(double policyLoss, double valueLoss, double policyClipped, double valueClipped, double kl, int tokens) {
    static final LossSums ZERO = new LossSums(0, 0, 0, 0, 0, 0);

    static LossSums of(PolicyLoss policy, ValueLoss value, int tokens) {
        return new LossSums(
                policy.sum().item_double(),
                value.sum().item_double(),
                policy.clipped().item_double(),
                value.clipped().item_double(),
                policy.kl().item_double(),
                tokens);
    }

    LossSums plus(LossSums other) {
        return new LossSums(
                policyLoss + other.policyLoss,
                valueLoss + other.valueLoss,
                policyClipped + other.policyClipped,
                valueClipped + other.valueClipped,
                kl + other.kl,
                tokens + other.tokens);
    }

    /** Puts the means over the tokens. */
    void putInto(Metrics metrics) {
        metrics.put("loss/policy", policyLoss / tokens);
        metrics.put("loss/value", valueLoss / tokens);
        metrics.put("clipped/policy", policyClipped / tokens);
        metrics.put("clipped/value", valueClipped / tokens);
        metrics.put("kl/update", kl / tokens);
    }
}
