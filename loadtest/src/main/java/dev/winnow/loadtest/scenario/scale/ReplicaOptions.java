package dev.winnow.loadtest.scenario.scale;

import dev.winnow.loadtest.report.Numbers;
import dev.winnow.loadtest.simulation.Device;
import dev.winnow.loadtest.simulation.RunTimes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** What replicas run rows with. */
final class ReplicaOptions {
    /** Tokens of the rows of {@code ceiling}: responses of 20 to 500 tokens with two special ones. */
    private static final int SHORTEST = 22;

    private static final int LONGEST = 502;

    @Option(
            names = "--tokens-per-second",
            defaultValue = "5360",
            description =
                    "Of a core that runs rows of 20 to 500 tokens alone: bare tokens/s of 'ceiling', by the cores."
                            + " Default: ${DEFAULT-VALUE}, as in loadtest/results.")
    private double tokensPerSecond;

    @Option(
            names = "--run-times",
            split = ",",
            defaultValue = "10=4.035,18=5.419,34=7.613,66=12.67,98=17.34,130=23.34,194=36.10,258=49.74,386=87.49,"
                    + "510=139.9",
            paramLabel = "TOKENS=MILLISECONDS",
            description =
                    "Of rows alone on one of two busy cores. Their proportions count, --tokens-per-second sets the"
                            + " speed. Default: ${DEFAULT-VALUE}, of the bundle toxicity.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Map<Integer, Double> runTimes;

    @Option(names = "--cores", defaultValue = "16", description = "Of a replica. Default: ${DEFAULT-VALUE}.")
    private int cores;

    @Option(
            names = "--edge-ms",
            defaultValue = "0.5",
            description = "What a core does for a sample beside its run. Default: ${DEFAULT-VALUE}.")
    private double edgeMillis;

    @Option(
            names = "--gpu-tokens-per-second",
            split = ",",
            defaultValue = "100000,1000000",
            description = "Padded ones, of GPUs to be simulated. Not measured. Default: ${DEFAULT-VALUE}.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private List<Double> gpuTokensPerSecond;

    @Option(
            names = "--gpu-batch-ms",
            defaultValue = "3",
            description = "What a batch takes on a GPU beside its tokens. Not measured. Default: ${DEFAULT-VALUE}.")
    private double gpuBatchMillis;

    @Option(
            names = "--gpu-token-budget",
            defaultValue = "16384",
            description = "Most padded tokens of a batch on a GPU. Default: ${DEFAULT-VALUE}.")
    private int gpuTokenBudget;

    Duration edge() {
        return millis(edgeMillis);
    }

    /** Returns a CPU with so many cores. */
    Device cores(int count) {
        return new Device.Cores(
                count, new RunTimes(runTimes).atSpeed(tokensPerSecond, SHORTEST, LONGEST), millis(edgeMillis));
    }

    /** Returns the replica whose cores are given. */
    ReplicaType cpu(Assumptions assumed) {
        return cpu(cores, assumed);
    }

    ReplicaType cpu(int count, Assumptions assumed) {
        return ReplicaType.of("%d-core CPU".formatted(count), cores(count), assumed);
    }

    /** Returns one for each speed. */
    List<ReplicaType> gpus(Assumptions assumed) {
        return gpuTokensPerSecond.stream()
                .map(speed -> ReplicaType.of(
                        "GPU, %s tokens/s".formatted(Numbers.text(speed)),
                        new Device.Gpu(speed, millis(gpuBatchMillis), gpuTokenBudget),
                        assumed))
                .toList();
    }

    static Duration millis(double millis) {
        return Duration.ofNanos(Math.round(millis * 1e6));
    }
}
