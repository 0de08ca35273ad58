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

    /** Returns how far the policy is from the one that drew the tokens, in nats a token. */
    double meanKl() {
        return kl / tokens;
    }
}
