package dev.winnow.loadtest.scenario.scale;

import dev.winnow.loadtest.scenario.Mix;
import dev.winnow.loadtest.simulation.TokenLengths;
import java.io.IOException;
import java.time.Duration;
import picocli.CommandLine.Option;

/** What trainers ask for, and how. */
final class TrainerOptions {
    /** Of the bundles in this repository. */
    private static final int SPECIAL_TOKENS = 2;

    private static final int MAXIMUM_TOKENS = 512;

    @Option(
            names = "--lengths",
            defaultValue = "answers",
            description = "posts, answers or mixed. Default: ${DEFAULT-VALUE}.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Mix lengths;

    @Option(
            names = "--tokens-per-word",
            defaultValue = "1.14",
            description = "Of the load test's corpus with the tokenizer of toxicity. Default: ${DEFAULT-VALUE}.")
    private double tokensPerWord;

    @Option(names = "--trainers", defaultValue = "16", description = "Default: ${DEFAULT-VALUE}.")
    private int trainers;

    @Option(
            names = "--generation-seconds",
            defaultValue = "5",
            description = "What a trainer takes to generate a micro-batch. Default: ${DEFAULT-VALUE}.")
    private double generationSeconds;

    @Option(
            names = "--utilisation",
            defaultValue = "0.7",
            description = "That replicas are planned for. Default: ${DEFAULT-VALUE}.")
    private double utilisation;

    @Option(
            names = "--target-delay-seconds",
            defaultValue = "10",
            description = "winnow.admission.target-delay of the replicas. Default: ${DEFAULT-VALUE}.")
    private double targetDelaySeconds;

    @Option(
            names = "--timeout-seconds",
            defaultValue = "120",
            description = "Of a try of a call. Default: ${DEFAULT-VALUE}, that of the Java client.")
    private double timeoutSeconds;

    @Option(
            names = "--round-trip-ms",
            defaultValue = "0.6",
            description = "Of a message: the empty call of 'latency'. Default: ${DEFAULT-VALUE}.")
    private double roundTripMillis;

    @Option(
            names = "--seconds",
            defaultValue = "25",
            description = "That a set-up is watched; longer where few samples come in them. Default: ${DEFAULT-VALUE}.")
    private double seconds;

    /** Returns lengths as a bundle's tokenizer makes them of texts. */
    TokenLengths tokenLengths(Mix mix) throws IOException {
        return TokenLengths.of(mix.lengths(), tokensPerWord, SPECIAL_TOKENS, MAXIMUM_TOKENS);
    }

    Assumptions assumptions(long seed) throws IOException {
        return new Assumptions(
                tokenLengths(lengths),
                trainers,
                seconds(generationSeconds),
                utilisation,
                seconds(targetDelaySeconds),
                seconds(timeoutSeconds),
                ReplicaOptions.millis(roundTripMillis),
                seconds(seconds),
                seed);
    }

    private static Duration seconds(double seconds) {
        return ReplicaOptions.millis(1000 * seconds);
    }
}
