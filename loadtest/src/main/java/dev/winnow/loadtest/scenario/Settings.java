package dev.winnow.loadtest.scenario;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The options of every scenario. */
public final class Settings {
    @Option(
            names = "--bundles",
            paramLabel = "DIR",
            description = "The reward models. Default: reward-models/bundles of this repository.",
            scope = ScopeType.INHERIT)
    @Nullable
    Path bundles;

    @Option(
            names = "--texts",
            paramLabel = "FILE",
            description = "What to score, instead of texts drawn from the load test's own corpus: a response a line, or"
                    + " in a .jsonl file a winnow.v1.Sample a line.",
            scope = ScopeType.INHERIT)
    @Nullable
    Path texts;

    @Option(
            names = "--seed",
            defaultValue = "1",
            description = "Of all that is drawn. Default: ${DEFAULT-VALUE}.",
            scope = ScopeType.INHERIT)
    long seed;

    @Option(
            names = "--setting",
            paramLabel = "KEY=VALUE",
            description = "A setting of the service that is started, such as winnow.workers=1; as often as needed.",
            scope = ScopeType.INHERIT)
    Map<String, String> serviceSettings = new LinkedHashMap<>();

    @Option(
            names = "--target",
            paramLabel = "HOST:PORT",
            description = "Use this running service instead of starting one, where the scenario can.",
            scope = ScopeType.INHERIT)
    @Nullable
    String target;

    @Option(
            names = "--management",
            paramLabel = "HOST:PORT",
            description = "Where the service of --target has its metrics. Default: ${DEFAULT-VALUE}.",
            defaultValue = "localhost:9100",
            scope = ScopeType.INHERIT)
    @SuppressWarnings("NullAway.Init") // set by picocli
    String management;
}
