package dev.winnow.ppo.ppo;

/**
 * What each token was better than expected, and what the value model should have said.
 *
 * @param advantages of each token
 * @param returns of each token: the discounted sum of rewards from it on, as far as lambda trusts it
 */
record Advantages(TokenRows advantages, TokenRows returns) {
    /**
     * Estimates advantages by GAE (Schulman et al. 2016, equation 16), from the last token to the first:
     *
     * <pre>
     * delta[t]     = reward[t] + discount * value[t + 1] - value[t]
     * advantage[t] = delta[t] + discount * lambda * advantage[t + 1]
     * return[t]    = advantage[t] + value[t]
     * </pre>
     *
     * Behind the last token both value and advantage are 0: a response is an episode, and ends with it also where it was
     * cut off.
     *
     * @param values of the state before each token
     */
    static Advantages generalised(TokenRows rewards, TokenRows values, double discount, double lambda) {
        double[][] advantages = new double[rewards.rows()][];
        for (int row = 0; row < advantages.length; row++) {
            double[] ofRow = new double[rewards.length(row)];
            double nextValue = 0;
            double nextAdvantage = 0;
            for (int token = ofRow.length - 1; token >= 0; token--) {
                double value = values.get(row, token);
                double delta = rewards.get(row, token) + discount * nextValue - value;
                ofRow[token] = delta + discount * lambda * nextAdvantage;
                nextAdvantage = ofRow[token];
                nextValue = value;
            }
            advantages[row] = ofRow;
        }
        TokenRows rows = TokenRows.of(advantages);
        return new Advantages(rows, rows.combine(values, Double::sum));
    }

    /** The same with the settings' scaling and whitening around it. */
    static Advantages of(TokenRows rewards, TokenRows values, AdvantageSettings settings) {
        TokenRows scaled = settings.scaleRewards() ? Whitening.scale(rewards) : rewards;
        Advantages plain = generalised(scaled, values, settings.discount(), settings.lambda());
        return settings.whitenAdvantages() ? new Advantages(Whitening.whiten(plain.advantages), plain.returns) : plain;
    }
}
