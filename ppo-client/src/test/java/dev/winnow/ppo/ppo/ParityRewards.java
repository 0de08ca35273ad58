package dev.winnow.ppo.ppo;

import dev.winnow.ppo.reward.ResponseRewards;
import dev.winnow.ppo.reward.ResponseRewards.PlacedValue;
import dev.winnow.ppo.reward.RewardSample;
import dev.winnow.ppo.reward.RewardSource;
import dev.winnow.ppo.reward.TokenEnds;
import dev.winnow.ppo.reward.WeightedReward;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A task whose solution is known: even tokens are wanted behind the prompt "even" and odd ones behind "odd". Each token
 * spells one character. The value of a segment is how many of its tokens are wanted, and it is given at its last one; so
 * whatever the segments, the optimum is 1 a token.
 *
 * @param tokensPerSegment 1 for token density, the length of a response for sequence density
 */
record ParityRewards(int tokensPerSegment, int tokensPerResponse) implements RewardSource {
    private static final int FIRST_CHARACTER = 0x100;

    static TokenEnds text(long[] tokens) {
        return TokenEnds.of(Arrays.stream(tokens)
                .mapToObj(id -> Character.toString(FIRST_CHARACTER + (int) id).getBytes(StandardCharsets.UTF_8))
                .toList());
    }

    @Override
    public List<WeightedReward> rewards() {
        return List.of(new WeightedReward("wanted", 1.0 / tokensPerResponse));
    }

    @Override
    public CompletableFuture<List<ResponseRewards>> score(List<RewardSample> samples) {
        return CompletableFuture.completedFuture(
                samples.stream().map(this::score).toList());
    }

    private ResponseRewards score(RewardSample sample) {
        int wantedParity = sample.prompt().equals("even") ? 0 : 1;
        int[] characters = sample.response().response().codePoints().toArray();
        List<PlacedValue> values = new ArrayList<>();
        double wanted = 0;
        for (int token = 0; token < characters.length; token++) {
            wanted += (characters[token] - FIRST_CHARACTER) % 2 == wantedParity ? 1 : 0;
            if ((token + 1) % tokensPerSegment == 0 || token + 1 == characters.length) {
                values.add(new PlacedValue(token, wanted));
                wanted = 0;
            }
        }
        return new ResponseRewards(List.of(values));
    }
}
