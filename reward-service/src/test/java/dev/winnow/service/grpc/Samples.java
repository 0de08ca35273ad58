package dev.winnow.service.grpc;

import dev.winnow.v1.Density;
import dev.winnow.v1.RewardRequest;
import dev.winnow.v1.Sample;
import dev.winnow.v1.Tokens;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Requests for tests. */
final class Samples {
    private static final List<String> WORDS = List.of(
            "the",
            "fool",
            "who",
            "writes",
            "such",
            "stupid",
            "things,",
            "never",
            "reads",
            "them.",
            "A",
            "kind",
            "word",
            "costs",
            "nothing;",
            "idiots",
            "like",
            "you",
            "ruin",
            "it!",
            "naïve",
            "привет",
            "世界",
            "👍🏽");

    private Samples() {}

    static RewardRequest reward(String name, Density density) {
        return RewardRequest.newBuilder().setName(name).setDensity(density).build();
    }

    static Sample sample(String id, String response) {
        return Sample.newBuilder().setId(id).setResponse(response).build();
    }

    /** With one token for each code point. */
    static Sample withTokens(Sample sample) {
        int length = sample.getResponse().codePointCount(0, sample.getResponse().length());
        Tokens.Builder tokens = Tokens.newBuilder();
        for (int end = 1; end <= length; end++) {
            tokens.addEnds(end);
        }
        return sample.toBuilder().setTokens(tokens).build();
    }

    /** Samples of mixed lengths, from one word to some two hundred; the same for the same seed. */
    static List<Sample> mixed(int count, long seed) {
        Random random = new Random(seed);
        List<Sample> samples = new ArrayList<>();
        for (int index = 0; index < count; index++) {
            int words = 1 + (int) (200 * Math.pow(random.nextDouble(), 3));
            StringBuilder response = new StringBuilder();
            for (int word = 0; word < words; word++) {
                response.append(word == 0 ? "" : " ").append(WORDS.get(random.nextInt(WORDS.size())));
            }
            samples.add(withTokens(sample("mixed-" + index, response.toString())));
        }
        return samples;
    }
}
