package dev.winnow.loadtest.scenario;

import dev.winnow.loadtest.bundle.Bundle;
import dev.winnow.v1.ScoreRequest;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Option;

/** What is scored, for scenarios that take any texts. */
final class Workload {
    @Option(
            names = "--bundle",
            defaultValue = "toxicity",
            paramLabel = "BUNDLE[/INPUT]",
            description = Workbench.BUNDLE)
    @SuppressWarnings("NullAway.Init") // set by picocli
    private String bundle;

    @Option(
            names = "--lengths",
            defaultValue = "posts",
            description =
                    "posts: as long as those of Toxic Spans; answers: as long as those of train_1k; mixed: 20 to 500"
                            + " tokens. Default: ${DEFAULT-VALUE}.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Mix lengths;

    Bundle bundle(Workbench bench) throws IOException {
        return bench.bundle(bundle);
    }

    String lengths() {
        return lengths.name().toLowerCase(Locale.ROOT);
    }

    /** Returns calls of a sample each for the bundle's first reward, without end. Not thread-safe. */
    Iterator<ScoreRequest> calls(Workbench bench) throws IOException {
        Bundle opened = bundle(bench);
        return Workbench.calls(bench.samples(opened, lengths.lengths()), List.of(Workbench.reward(opened)));
    }
}
