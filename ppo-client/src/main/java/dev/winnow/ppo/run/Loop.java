package dev.winnow.ppo.run;

import dev.winnow.ppo.config.Configuration;
import dev.winnow.ppo.config.Key;
import dev.winnow.ppo.report.tensorboard.TensorBoardFile;
import dev.winnow.ppo.reward.MissingRewardException;
import java.io.IOException;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

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
     * Runs until the last step, or until the end of one that a stop is asked for in; a stop ends waiting for rewards.
     *
     * @param done steps that were taken before
     * @throws MissingRewardException where a response is not rewarded; the steps before it are in a checkpoint, or it was
     *     one to held-out prompts
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
            int saved = done;
            for (int step = done; step < steps; step++) {
                Optional<Map<String, Double>> learnt = take(training, step, saved);
                if (learnt.isEmpty()) {
                    return Run.Outcome.STOPPED;
                }
                Map<String, Double> numbers = new LinkedHashMap<>(learnt.get());
                if (isDue(RunKeys.EVALUATION_INTERVAL, step)) {
                    numbers.putAll(training.evaluate(step));
                }
                // Before the checkpoint: behind it they would be missing where the process ends between the two.
                metrics.append(step, numbers);
                events.append(step, clock.instant(), numbers);
                progress.step(step, numbers);
                if (isDue(RunKeys.CHECKPOINT_INTERVAL, step)) {
                    writeCheckpoint(training, step + 1);
                    saved = step + 1;
                }
            }
        }
        Disk.writeFolder(folder.policy(), training::writePolicy);
        return Run.Outcome.DONE;
    }

    /** Takes a step; empty where a stop was asked for before it was learnt from. What was learnt until then is saved. */
    private Optional<Map<String, Double>> take(Training training, int step, int saved) throws IOException {
        if (!stop.isRequested()) {
            try {
                return Optional.of(training.step(step));
            } catch (MissingRewardException e) {
                if (!stop.isRequested()) { // a stop ends the patience with the service, too
                    save(training, step, saved);
                    throw e;
                }
            }
        }
        save(training, step, saved);
        return Optional.empty();
    }

    private void save(Training training, int steps, int saved) throws IOException {
        if (steps > saved) {
            writeCheckpoint(training, steps);
        }
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
