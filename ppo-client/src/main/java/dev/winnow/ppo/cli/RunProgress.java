package dev.winnow.ppo.cli;

import dev.winnow.ppo.run.Progress;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import org.jspecify.annotations.Nullable;

/** Shows a run on standard error: as a bar with the time left in a terminal, else as a line a step. */
final class RunProgress implements Progress, AutoCloseable {
    /** What tells most, where a run has it. */
    private static final List<String> SHOWN =
            List.of("reward/combined", "kl/reference", "loss/train", "evaluation/loss");

    private final PrintWriter err;
    private @Nullable ProgressBar bar;
    private int steps;

    RunProgress(PrintWriter err) {
        this.err = err;
    }

    @Override
    public void begin(int done, int all) {
        steps = all;
        if (Terminal.ERROR.isPresent()) {
            bar = new ProgressBarBuilder()
                    .setTaskName("Steps")
                    .setInitialMax(all)
                    .startsFrom(done, Duration.ZERO)
                    .build();
        }
    }

    @Override
    public void step(int step, Map<String, Double> metrics) {
        String numbers = SHOWN.stream()
                .filter(metrics::containsKey)
                .map(name -> String.format(Locale.ROOT, "%s %.4g", name, metrics.get(name)))
                .collect(Collectors.joining(", "));
        if (bar != null) {
            bar.setExtraMessage(numbers);
            bar.stepTo(step + 1);
        } else {
            err.println(String.format(Locale.ROOT, "step %d of %d: %s", step + 1, steps, numbers));
        }
    }

    @Override
    public void tell(String message) {
        close(); // or it would stand in the bar
        err.println("winnow: " + message);
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
            bar = null;
        }
    }
}
