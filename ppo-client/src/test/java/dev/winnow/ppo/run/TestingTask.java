package dev.winnow.ppo.run;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.winnow.ppo.reward.TestingRewardServer;
import dev.winnow.v1.ListRewardsResponse;
import dev.winnow.v1.RewardInfo;
import dev.winnow.v1.RewardRequest;
import dev.winnow.v1.RewardVector;
import dev.winnow.v1.Sample;
import dev.winnow.v1.VersionInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A configuration of a tiny policy, its prompts, and a service that wants even characters at each token. A run of it is
 * fast, and its numbers follow from its configuration alone.
 */
public final class TestingTask implements AutoCloseable {
    static final Path POLICIES = Path.of("src/test/resources/policies").toAbsolutePath();

    public final TestingRewardServer server = new TestingRewardServer();
    public final Path configuration;

    /** Writes the files. */
    public TestingTask(Path folder) throws IOException {
        list("1");
        server.scoreBy(TestingTask::score);
        Files.write(folder.resolve("prompts.jsonl"), prompts("a", "bb", "ccc", "d1", "e22"));
        Files.write(folder.resolve("held-out.jsonl"), prompts("x", "yy", "zzz"));
        configuration = Files.writeString(
                folder.resolve("tiny.yaml"), """
                policy: %s
                prompts: prompts.jsonl
                evaluation: {prompts: held-out.jsonl, interval: 2}
                rewards: [even=0.5]
                service: {target: "%s", patience: 1s}
                steps: 6
                threads: 1
                rollout: {prompts: 4, responses_per_prompt: 2, micro_batch: 4, maximum_new_tokens: 8}
                kl: {penalty: adaptive, coefficient: 0.1, target: 1, horizon: 100}
                update: {epochs: 2, mini_batch: 4, micro_batch: 4}
                optimizer: {policy_learning_rate: 3e-3, value_learning_rate: 3e-3}
                """.formatted(POLICIES.resolve("tied"), server.target()));
    }

    /** Lets the service have versions of the reward, the last of which is the latest. */
    void list(String... versions) {
        RewardInfo.Builder even =
                RewardInfo.newBuilder().setName("even").setBundle("testing").setMaximumTokens(32);
        for (String version : versions) {
            even.addVersions(VersionInfo.newBuilder()
                    .setVersion(version)
                    .setDigest("sha256:" + version)
                    .setLatest(version.equals(versions[versions.length - 1])));
        }
        server.list(ListRewardsResponse.newBuilder().addRewards(even).build());
    }

    private static RewardVector score(RewardRequest reward, Sample sample) {
        RewardVector.Builder vector = RewardVector.newBuilder().setDigest(reward.getVersion());
        int[] characters = sample.getResponse().codePoints().toArray();
        int before = 0;
        for (int token = 0; token < sample.getTokens().getEndsCount(); token++) {
            int end = sample.getTokens().getEnds(token);
            if (end > before) {
                vector.addValues(characters[before] % 2 == 0 ? 1 : 0).addPlacements(token);
            }
            before = end;
        }
        return vector.build();
    }

    static List<String> prompts(String... texts) {
        return List.of(texts).stream().map("{\"prompt\": \"%s\"}"::formatted).toList();
    }

    /** Returns the lines of a run's metrics without what differs from run to run. */
    public static List<String> metrics(Path run) throws IOException {
        List<String> lines = new ArrayList<>();
        for (String line : Files.readAllLines(run.resolve("metrics.jsonl"))) {
            JsonObject object = JsonParser.parseString(line).getAsJsonObject();
            object.remove("time");
            object.getAsJsonObject("metrics").keySet().removeIf(name -> name.startsWith("seconds/"));
            lines.add(object.toString());
        }
        return lines;
    }

    @Override
    public void close() {
        server.close();
    }

    /** Hears nothing. */
    static class Silence implements Progress {
        final List<String> told = new ArrayList<>();

        @Override
        public void begin(int done, int steps) {}

        @Override
        public void step(int step, Map<String, Double> metrics) {}

        @Override
        public void tell(String message) {
            told.add(message);
        }
    }
}
