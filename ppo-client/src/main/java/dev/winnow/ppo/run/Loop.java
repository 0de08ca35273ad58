package dev.winnow.ppo.run;

import dev.winnow.ppo.config.Configuration;
import dev.winnow.ppo.config.Key;
import dev.winnow.ppo.report.tensorboard.TensorBoardFile;
import java.io.IOException;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Steps, each with its line of metrics, some with an evaluation and a checkpoint. Whenever the process ends, the run
 * goes on behind the last checkpoint as if it had not ended.
 *
 * @param inputs checksums of what the run reads
 */
record Loop(
        Configuration configuration,
        Map<String, String> inputs,
        RunFolder folder,
        Stop stop,
        Progress progress,
        InstantSource clock) {

    /**
     * Runs until the last step, or until the end of one that a stop is asked for in.
     *
     * @param done steps that were taken before
     */
    Run.Outcome run(Training training, int done) throws IOException {
        int steps = configuration.get(RunKeys.STEPS);
        progress.begin(done, steps);
        int first = done == 0 ? -1 : done;
        try (MetricsFile metrics = new MetricsFile(folder.metrics(), clock);
                TensorBoardFile events = TensorBoardFile.create(folder.events(), clock.instant(), first)) {
            if (done == 0) {
                Map<String, Double> before = training.evaluate(-1);
                if (!before.isEmpty()) {
                    metrics.append(-1, before);
                    events.append(-1, clock.instant(), before);
                }
            }
            for (int step = done; step < steps; step++) {
                if (stop.isRequested()) {
                    return Run.Outcome.STOPPED;
                }
                Map<String, Double> numbers = new LinkedHashMap<>(training.step(step));
                if (isDue(RunKeys.EVALUATION_INTERVAL, step)) {
                    numbers.putAll(training.evaluate(step));
                }
                // Before the checkpoint: behind it they would be missing where the process ends between the two.
                metrics.append(step, numbers);
                events.append(step, clock.instant(), numbers);
                progress.step(step, numbers);
                if (isDue(RunKeys.CHECKPOINT_INTERVAL, step) || stop.isRequested()) {
                    writeCheckpoint(training, step + 1);
                }
            }
        }
        Disk.writeFolder(folder.policy(), training::writePolicy);
        return Run.Outcome.DONE;
    }

    private boolean isDue(Key<Integer> interval, int step) {
        int steps = configuration.get(interval);
        boolean last = step + 1 == configuration.get(RunKeys.STEPS);
        return last || (steps > 0 && (step + 1) % steps == 0);
    }

    private void writeCheckpoint(Training training, int steps) throws IOException {
        Checkpoint.Progress where = new Checkpoint.Progress(steps, training.state(), inputs);
        int kept = configuration.get(RunKeys.CHECKPOINT_KEEP);
        try {
            folder.checkpoints().write(where, configuration.toYaml(), training::writeCheckpoint, kept);
        } catch (IOException e) {
            throw new IOException(
                    "checkpoint of step %d: %s; those before it stay".formatted(steps, e.getMessage()), e);
        }
    }
}
