package dev.winnow.service.ops;

import static io.restassured.RestAssured.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.winnow.service.wiring.TestingBundles;
import dev.winnow.v1.Density;
import dev.winnow.v1.Message;
import dev.winnow.v1.Messages;
import dev.winnow.v1.RewardRequest;
import dev.winnow.v1.RewardServiceGrpc;
import dev.winnow.v1.Sample;
import dev.winnow.v1.ScoreRequest;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** Differences between two scrapes, since other tests share the service. */
@QuarkusTest
@QuarkusTestResource(TestingBundles.class)
class MetricsTest {
    private static final String REWARDED =
            "winnow_samples_total{caller=\"anonymous\",outcome=\"rewarded\",reward=\"tiny/fluency@TOKEN\"}";
    private static final String INVALID =
            "winnow_samples_total{caller=\"anonymous\",outcome=\"invalid_argument\",reward=\"tiny/quality@SENTENCE\"}";

    private static final String RUNS = "winnow_run_seconds_count{bundle=\"tiny\"}";
    private static final String TOKENS = "winnow_run_tokens_total{bundle=\"tiny\"}";
    private static final String PADDED = "winnow_run_padded_tokens_total{bundle=\"tiny\"}";
    private static final String CALLS = "winnow_calls_total{caller=\"anonymous\",method=\"Score\",status=\"OK\"}";
    private static final String VALUES = "winnow_reward_value_count{reward=\"tiny/fluency@TOKEN\"}";

    @TestHTTPResource(value = "/metrics", management = true)
    URI metrics;

    @ConfigProperty(name = "quarkus.grpc.server.test-port")
    int grpcPort;

    @Test
    void samplesRunsAndTokensAreCounted() {
        String before = scrape();
        score(
                Sample.newBuilder().setResponse("one two three").build(),
                RewardRequest.newBuilder().setName("fluency").build(),
                RewardRequest.newBuilder()
                        .setName("fluency")
                        .setDensity(Density.SEQUENCE)
                        .build());
        score(
                Sample.newBuilder().setResponse("no prompt").build(),
                RewardRequest.newBuilder().setName("quality").build());
        String after = scrape();

        assertThat(value(after, REWARDED) - value(before, REWARDED)).isEqualTo(1);
        assertThat(value(after, INVALID) - value(before, INVALID)).isEqualTo(1);
        assertThat(value(after, RUNS) - value(before, RUNS))
                .as("runs: one for both rewards of one input, none for the refused sample")
                .isEqualTo(1);
        assertThat(value(after, TOKENS)).isGreaterThan(value(before, TOKENS));
        assertThat(value(after, PADDED)).as("rows run alone").isEqualTo(value(after, TOKENS));
        assertThat(value(after, CALLS) - value(before, CALLS)).isEqualTo(2);
        assertThat(value(after, VALUES) - value(before, VALUES))
                .as("one a word")
                .isEqualTo(3);
        assertThat(value(after, "process_resident_memory_bytes")).isGreaterThan(50e6);
        assertThat(value(after, "winnow_tokens_in_flight")).isZero();
        assertThat(value(after, "winnow_rows_queued")).isZero();
        assertThat(value(after, "winnow_tokens_limit"))
                .as("what is done in 10 s, as measured")
                .isBetween(1.0, 1e12);
        assertThat(value(after, "winnow_bytes_in_flight")).isZero();
    }

    @Test
    void rewardsOfOneInputCostOneRunTogether() {
        Messages messages = Messages.newBuilder()
                .addMessages(Message.newBuilder().setRole("user").setContent("How?"))
                .build();
        double before = runs();
        score(
                Sample.newBuilder()
                        .setMessages(messages)
                        .setResponse("First this. Then that.")
                        .build(),
                reward("preference", Density.SEQUENCE),
                reward("politeness", Density.TOKEN),
                reward("politeness", Density.SENTENCE),
                reward("politeness", Density.SEQUENCE));
        assertThat(runs() - before).as("two rewards of one input").isEqualTo(1);
        score(
                Sample.newBuilder().setPrompt("How?").setResponse("So.").build(),
                reward("quality", Density.SENTENCE),
                reward("quality", Density.SEQUENCE),
                reward("fluency", Density.TOKEN));
        assertThat(runs() - before).as("two rewards of two inputs beside").isEqualTo(3);
    }

    private double runs() {
        return scrape().lines()
                .filter(line -> line.startsWith("winnow_run_seconds_count{"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.indexOf('}') + 2)))
                .sum();
    }

    private static RewardRequest reward(String name, Density density) {
        return RewardRequest.newBuilder().setName(name).setDensity(density).build();
    }

    private String scrape() {
        return get(metrics).then().statusCode(200).extract().asString();
    }

    private static double value(String scrape, String series) {
        return scrape.lines()
                .filter(line -> line.startsWith(series + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(series.length() + 1)))
                .sum();
    }

    private void score(Sample sample, RewardRequest... rewards) {
        ManagedChannel channel = ManagedChannelBuilder.forAddress("localhost", grpcPort)
                .usePlaintext()
                .build();
        try {
            RewardServiceGrpc.newBlockingStub(channel)
                    .score(ScoreRequest.newBuilder()
                            .addSamples(sample)
                            .addAllRewards(List.of(rewards))
                            .build());
        } finally {
            channel.shutdownNow();
        }
    }
}
