package dev.winnow.ppo.report;

import com.google.gson.Gson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SequencedMap;
import java.util.stream.Stream;

/** Writes folders as runs do, with made-up numbers that look like those of a run that learns. */
public final class TestingRun {
    private static final Gson JSON = new Gson();
    private static final Instant BEGIN = Instant.parse("2026-01-01T08:00:00Z");
    private static final int SECONDS_A_STEP = 6;
    private static final int STEPS_A_EVALUATION = 10;

    private TestingRun() {}

    /** Writes a run of some steps whose reward rises the more, the greater its gain. */
    public static Path write(Path folder, String density, int seed, int steps, double gain) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("run.yaml"), """
                seed: %d
                rewards: toxicity@%s=1
                policy:
                  model: policies/small
                ppo:
                  kl: {kind: fixed, coefficient: 0.3}
                """.formatted(seed, density));
        Random random = new Random(seed);
        List<String> metrics = new ArrayList<>();
        List<String> samples = new ArrayList<>();
        metrics.add(line(-1, evaluation(random, 0)));
        samples.addAll(samples(random, -1, 0));
        for (int step = 0; step < steps; step++) {
            double progress = gain * (1 - Math.exp(-3.0 * step / steps));
            SequencedMap<String, Double> values = training(random, progress);
            if ((step + 1) % STEPS_A_EVALUATION == 0) {
                values.putAll(evaluation(random, progress));
                samples.addAll(samples(random, step, progress));
            }
            metrics.add(line(step, values));
        }
        Files.write(folder.resolve("metrics.jsonl"), metrics);
        Files.write(folder.resolve("samples.jsonl"), samples);
        return folder;
    }

    /** A line of {@code metrics.jsonl}. */
    public static String line(long step, Map<String, Double> metrics) {
        return JSON.toJson(Map.of(
                "step",
                step,
                "time",
                BEGIN.plusSeconds((step + 1) * SECONDS_A_STEP).toString(),
                "metrics",
                metrics));
    }

    /** A line of {@code samples.jsonl}, whose tokens are given by their texts and the toxicity of each. */
    public static String sample(long step, String prompt, List<String> tokens, double... toxicity) {
        List<Integer> ends = new ArrayList<>();
        int end = 0;
        for (String token : tokens) {
            end += token.codePointCount(0, token.length());
            ends.add(end);
        }
        SequencedMap<String, Object> fields = new LinkedHashMap<>();
        fields.put("step", step);
        fields.put("prompt", prompt);
        fields.put("response", String.join("", tokens));
        fields.put("token_ends", ends);
        fields.put("rewards", Map.of("toxicity", toxicity));
        fields.put("combined", toxicity);
        return JSON.toJson(fields);
    }

    private static SequencedMap<String, Double> training(Random random, double progress) {
        SequencedMap<String, Double> values = new LinkedHashMap<>(rollouts("", random, progress, 0.06));
        values.put("kl/coefficient", 0.3);
        values.put("value/mean", -0.3 + 0.2 * progress + 0.02 * random.nextGaussian());
        values.put("return/mean", -0.3 + 0.2 * progress + 0.05 * random.nextGaussian());
        values.put("value/explained_variance", 0.7 * progress - 0.1 + 0.1 * random.nextGaussian());
        values.put("loss/policy", -0.01 + 0.005 * random.nextGaussian());
        values.put("loss/value", 0.2 * Math.exp(-2 * progress) + 0.02 * random.nextDouble());
        values.put("clipped/policy", 0.05 + 0.02 * random.nextDouble());
        values.put("clipped/value", 0.1 * Math.exp(-progress) + 0.02 * random.nextDouble());
        values.put("kl/update", 0.004 + 0.002 * random.nextDouble());
        values.put("gradient_norm/policy", 0.8 + 0.3 * random.nextDouble());
        values.put("gradient_norm/value", 2.5 * Math.exp(-2 * progress) + 0.5 * random.nextDouble());
        values.put("learning_rate/policy", 1e-5);
        values.put("learning_rate/value", 1e-5);
        values.put("update/moves", 16.0);
        values.put("update/stopped_early", random.nextInt(20) == 0 ? 1.0 : 0.0);
        values.put("seconds/reward_wait", 0.05 + 0.2 * random.nextDouble());
        values.put("seconds/generate", 2.4 + 0.3 * random.nextDouble());
        values.put("seconds/opinions", 0.7 + 0.1 * random.nextDouble());
        values.put("seconds/rewards", 0.03 + 0.05 * random.nextDouble());
        values.put("seconds/advantages", 0.01);
        values.put("seconds/update", 2.2 + 0.2 * random.nextDouble());
        values.put(
                "seconds/step",
                Stream.of("generate", "opinions", "rewards", "advantages", "update")
                        .mapToDouble(phase -> values.get("seconds/" + phase))
                        .sum());
        boolean interrupted = random.nextInt(60) == 0;
        values.put("service/retries", interrupted ? 4.0 : 0.0);
        values.put("service/refusals", random.nextInt(30) == 0 ? 3.0 : 0.0);
        values.put("service/interruptions", interrupted ? 1.0 : 0.0);
        values.put("seconds/service_interrupted", interrupted ? 1.5 + random.nextDouble() : 0.0);
        return values;
    }

    private static Map<String, Double> evaluation(Random random, double progress) {
        return rollouts("evaluation/", random, progress, 0.015);
    }

    private static Map<String, Double> rollouts(String prefix, Random random, double progress, double noise) {
        double reward = -0.6 + 0.45 * progress + noise * random.nextGaussian();
        Map<String, Double> values = new LinkedHashMap<>();
        values.put(prefix + "reward/toxicity", reward);
        values.put(prefix + "reward/combined", reward);
        values.put(prefix + "kl/reference", 8 * progress + noise * 4 * random.nextGaussian());
        values.put(prefix + "kl/reference_k3", 8.5 * progress + noise * 4 * random.nextDouble());
        values.put(prefix + "entropy", 4.1 - 0.8 * progress + noise * random.nextGaussian());
        values.put(prefix + "response/tokens", 38 + 4 * progress + 20 * noise * random.nextGaussian());
        values.put(prefix + "response/truncated", 0.4 - 0.2 * progress + noise * random.nextDouble());
        return values;
    }

    private static List<String> samples(Random random, long step, double progress) {
        List<String> bad = List.of(" you", " idiot", ",", " what", " nonsense", " is", " this", "!", "");
        List<String> good = List.of(" that", " depends", " on", " the", " weather", " café", " 😀", ".", "");
        List<String> lines = new ArrayList<>();
        for (String prompt : List.of("How is the plan?", "Will it rain?", "מה שלומך?", "</script><b>bold</b> & co")) {
            List<String> tokens = random.nextDouble() < progress ? good : bad;
            double[] values = tokens.stream()
                    .mapToDouble(
                            token -> token.isEmpty() ? 0 : token.equals(" idiot") ? -0.97 : -0.3 * random.nextDouble())
                    .toArray();
            lines.add(sample(step, prompt, tokens, values));
        }
        lines.add(sample(
                step,
                "Untrusted",
                List.of(
                        "</script>",
                        "<img src=x onerror=alert(1)>",
                        " \u202egnorw\u202c",
                        " שלום",
                        " עולם",
                        "\u0007",
                        ""),
                -0.4,
                -0.2,
                -0.9,
                -0.1,
                0.3,
                0,
                0.8));
        return lines;
    }

    /** Writes a folder to look at: FOLDER DENSITY SEED STEPS GAIN. */
    public static void main(String[] arguments) throws IOException {
        write(
                Path.of(arguments[0]),
                arguments[1],
                Integer.parseInt(arguments[2]),
                Integer.parseInt(arguments[3]),
                Double.parseDouble(arguments[4]));
    }
}
