package dev.winnow.service.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.winnow.service.wiring.TestingBundles;
import dev.winnow.v1.Density;
import dev.winnow.v1.RewardRequest;
import dev.winnow.v1.Sample;
import dev.winnow.v1.SampleResult;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A reward never depends on its neighbours. Results are compared as messages: every float bit for bit. */
@QuarkusTest
@QuarkusTestResource(TestingBundles.class)
class SameBitsTest {
    private static final List<RewardRequest> REWARDS = List.of(
            Samples.reward("toxicity", Density.TOKEN).toBuilder()
                    .setWeight(0.7f)
                    .setRawValues(true)
                    .build(),
            Samples.reward("toxicity", Density.SENTENCE).toBuilder()
                    .setWeight(-1.3f)
                    .build(),
            Samples.reward("toxicity", Density.SEQUENCE));

    private final TestingClient client = new TestingClient();
    private final List<Sample> samples = Samples.mixed(64, 7);
    private final Map<String, SampleResult> alone = samples.stream()
            .map(sample -> client.score(REWARDS, List.of(sample)).getFirst())
            .collect(Collectors.toMap(SampleResult::getId, Function.identity()));

    @AfterEach
    void close() {
        client.close();
    }

    @Test
    void aloneEverySampleIsRewarded() {
        assertThat(alone.values()).allMatch(SampleResult::hasRewards);
        assertThat(alone.values().stream()
                        .map(result -> result.getRewards().getVectors(0).getValuesList())
                        .distinct())
                .as("values that tell samples apart")
                .hasSizeGreaterThan(60);
    }

    @Test
    void amongOthersInAnyOrderByScore() {
        for (int seed = 0; seed < 3; seed++) {
            List<Sample> shuffled = shuffled(seed);
            List<SampleResult> results = client.score(REWARDS, shuffled);
            assertThat(results)
                    .isEqualTo(shuffled.stream()
                            .map(sample -> alone.get(sample.getId()))
                            .toList());
        }
    }

    @Test
    void amongOthersInAnyOrderByScoreStream() {
        for (int seed = 0; seed < 3; seed++) {
            assertThat(client.stream(REWARDS, shuffled(seed))).containsExactlyInAnyOrderElementsOf(alone.values());
        }
    }

    /** In one batch with another its activations would be scaled otherwise, and its values moved. */
    @Test
    void amongOthersWithIntegerProducts() {
        List<RewardRequest> rewards = List.of(
                Samples.reward("int8-quality", Density.TOKEN), Samples.reward("int8-fluency", Density.SEQUENCE));
        List<Sample> few = Samples.mixed(200, 8).stream()
                .filter(sample -> sample.getResponse().length() <= 60)
                .toList();
        assertThat(few).hasSizeGreaterThan(50);
        List<SampleResult> each = few.stream()
                .map(sample -> client.score(rewards, List.of(sample)).getFirst())
                .toList();
        assertThat(each).allMatch(SampleResult::hasRewards);
        assertThat(client.score(rewards, few)).isEqualTo(each);
        assertThat(client.stream(rewards, few)).containsExactlyInAnyOrderElementsOf(each);
    }

    private List<Sample> shuffled(long seed) {
        List<Sample> shuffled = new ArrayList<>(samples);
        Collections.shuffle(shuffled, new Random(seed));
        return shuffled;
    }
}
