package dev.winnow.loadtest.scenario;

import dev.winnow.loadtest.bare.BareProcess;
import dev.winnow.loadtest.bundle.Bundle;
import dev.winnow.loadtest.bundle.BundleTokenizer;
import dev.winnow.loadtest.load.Channels;
import dev.winnow.loadtest.load.Client;
import dev.winnow.loadtest.process.RewardService;
import dev.winnow.loadtest.process.RunningService;
import dev.winnow.loadtest.process.StartedService;
import dev.winnow.loadtest.text.Corpus;
import dev.winnow.loadtest.text.DrawnSamples;
import dev.winnow.loadtest.text.FileSamples;
import dev.winnow.loadtest.text.Lengths;
import dev.winnow.loadtest.text.Samples;
import dev.winnow.v1.RewardRequest;
import dev.winnow.v1.ScoreRequest;
import java.io.Console;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;

/** What scenarios measure with. All it starts belongs to who asked for it, and is to be closed. */
public final class Workbench implements AutoCloseable {
    static final String BUNDLE = "Without INPUT the one that most of its rewards read. Default: ${DEFAULT-VALUE}.";

    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final Path root;
    private final Path serviceJar;
    private final Settings settings;
    private final Path scratch;
    private final RandomGenerator random;
    private final List<BundleTokenizer> tokenizers = new ArrayList<>();

    /**
     * Creates a workbench.
     *
     * @param root the repository
     * @param serviceJar {@code quarkus-run.jar} of the service
     */
    public Workbench(Path root, Path serviceJar, Settings settings) throws IOException {
        this.root = root;
        this.serviceJar = serviceJar;
        this.settings = settings;
        this.scratch = Files.createTempDirectory("winnow-bench");
        this.random = new SplittableRandom(settings.seed);
    }

    /** Returns the repository. */
    public Path root() {
        return root;
    }

    /** Returns the seed of all that is drawn. */
    public long seed() {
        return settings.seed;
    }

    /** Returns what all that is drawn is drawn with. */
    RandomGenerator random() {
        return random;
    }

    /** Returns a folder for files of this run. */
    public Path scratch() {
        return scratch;
    }

    private Path bundles() {
        return settings.bundles == null ? root.resolve("reward-models/bundles") : settings.bundles;
    }

    /** Opens the latest version of a bundle, {@code BUNDLE} or {@code BUNDLE/INPUT}. */
    public Bundle bundle(String name) throws IOException {
        return Bundle.latest(bundles(), name);
    }

    /** Returns the running service of the options, or starts one. */
    RewardService service() throws IOException {
        return settings.target == null ? start() : new RunningService(settings.target, settings.management);
    }

    /**
     * Starts a service.
     *
     * @throws IOException where it does not come up, or the options name a running one, which will not do
     */
    public StartedService start(Path bundles) throws IOException {
        if (settings.target != null) {
            throw new IOException(
                    "--target: %s (expected: none; this scenario starts its own services)".formatted(settings.target));
        }
        return StartedService.start(serviceJar, bundles, settings.serviceSettings, errors());
    }

    StartedService start() throws IOException {
        return start(bundles());
    }

    /** Starts bare ONNX Runtime on a bundle. */
    BareProcess bare(Bundle bundle) throws IOException {
        return BareProcess.start(bundle, errors());
    }

    private File errors() {
        return scratch.resolve("errors.txt").toFile();
    }

    /** Returns a caller that waits longer than any scenario takes. */
    Client client(RewardService service) {
        return client(service, PATIENCE);
    }

    /** Returns a caller with a deadline for each of its calls. */
    Client client(RewardService service, Duration deadline) {
        return new Client(Channels.to(service.target()), deadline);
    }

    /** Returns samples for the input of a bundle: those of the file in the options, or drawn ones. */
    public Samples samples(Bundle bundle, Lengths lengths) throws IOException {
        if (settings.texts != null) {
            return FileSamples.read(settings.texts);
        }
        BundleTokenizer tokenizer = BundleTokenizer.open(bundle.folder());
        tokenizers.add(tokenizer);
        return new DrawnSamples(
                Corpus.own(),
                tokenizer::cut,
                lengths,
                bundle.tokensForResponse(),
                new DrawnSamples.Parts(bundle.reads("prompt"), bundle.reads("context")),
                random);
    }

    /** Returns calls of a sample each, without end. Not thread-safe. */
    static Iterator<ScoreRequest> calls(Samples samples, List<RewardRequest> rewards) {
        return Stream.generate(() -> Client.request(List.of(samples.next()), rewards))
                .iterator();
    }

    /** Draws the next elements now, so that drawing takes no time later. */
    static <T> Iterator<T> drawn(Iterator<T> source, int count) {
        return list(source, count).iterator();
    }

    /** Returns the next elements. */
    static <T> List<T> list(Iterator<T> source, int count) {
        List<T> elements = new ArrayList<>(count);
        while (elements.size() < count) {
            elements.add(source.next());
        }
        return elements;
    }

    /** Returns the first reward of a bundle's input, at its default density. */
    static RewardRequest reward(Bundle bundle) {
        return rewards(bundle).getFirst();
    }

    /** Returns all rewards of a bundle's input, at their default densities. */
    public static List<RewardRequest> rewards(Bundle bundle) {
        return bundle.rewards().stream()
                .map(reward -> RewardRequest.newBuilder()
                        .setName(bundle.name() + "/" + reward)
                        .build())
                .toList();
    }

    static Duration seconds(double seconds) {
        return Duration.ofNanos((long) (seconds * 1e9));
    }

    /** Returns a bar that is seen where there is a terminal. */
    public ProgressBar progress(String task, long steps) {
        return new ProgressBarBuilder()
                .setTaskName(task)
                .setInitialMax(steps)
                .setConsumer(
                        isTerminal()
                                ? new ConsoleProgressBarConsumer(System.err)
                                : new DelegatingProgressBarConsumer(line -> {}))
                .build();
    }

    @SuppressWarnings("SystemConsoleNull") // since JDK 25 it is null again where there is no terminal
    private static boolean isTerminal() {
        Console console = System.console();
        return console != null && console.isTerminal();
    }

    @Override
    public void close() throws IOException {
        tokenizers.forEach(BundleTokenizer::close);
        try (Stream<Path> files = Files.walk(scratch)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
