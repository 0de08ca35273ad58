package dev.winnow.ppo.run;

import dev.winnow.ppo.config.Configuration;
import dev.winnow.ppo.config.Key;
import dev.winnow.ppo.ppo.TrainingException;
import dev.winnow.ppo.report.page.RunReport;
import dev.winnow.ppo.reward.MissingRewardException;
import dev.winnow.ppo.tensor.ComputeThreads;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A run in its folder.
 *
 * @param configuration file; where a run is resumed it may be missing, and is that of the run then
 * @param assignments {@code key=value} each, which win over the file
 * @param folder of the run
 * @param resume whether to go on behind the newest checkpoint, from the first step where there is none
 */
public record Run(RunKind kind, Optional<Path> configuration, List<String> assignments, Path folder, boolean resume) {
    /** How a run ended. */
    public enum Outcome {
        /** All steps are done. */
        DONE,
        /** It was asked to stop, and can be resumed. */
        STOPPED
    }

    /**
     * Runs until all steps are done or a stop is asked for. Nothing is computed before all inputs are checked.
     *
     * @throws dev.winnow.ppo.config.ConfigurationException where the configuration cannot be used
     * @throws RunException where an input or the folder is not what it must be, or a step cannot be learnt from
     * @throws MissingRewardException where a response is not rewarded; the run can be resumed
     * @throws IOException where a file cannot be read or written; the last checkpoint stays
     */
    public Outcome execute(Stop stop, Progress progress, InstantSource clock) throws IOException, RunException {
        Configuration complete = kind.check(Configuration.read(configurationFile(), assignments, kind.keys()));
        try (RunFolder opened = RunFolder.open(folder, resume)) {
            Optional<Checkpoint> checkpoint = opened.checkpoints().newest(progress::tell);
            Map<String, String> inputs = checksums(complete);
            if (checkpoint.isPresent()) {
                requireSame(complete, inputs, checkpoint.get());
            }
            ComputeThreads.use(complete.get(RunKeys.THREADS));
            try (Training training = kind.open(complete, checkpoint, opened, stop)) {
                int done = checkpoint.map(from -> from.progress().steps()).orElse(0);
                Disk.writeFile(opened.configuration(), complete.toYaml());
                LineFile.cutBehind(opened.metrics(), checkpoint.isPresent() ? done - 1 : Integer.MIN_VALUE);
                LineFile.cutBehind(opened.samples(), checkpoint.isPresent() ? done - 1 : Integer.MIN_VALUE);
                Outcome outcome = new Loop(complete, inputs, opened, stop, progress, clock).run(training, done);
                writeReport(progress);
                return outcome;
            } catch (MissingRewardException e) {
                if (stop.isRequested()) { // which also ends the patience with the service
                    return Outcome.STOPPED;
                }
                throw e;
            } catch (TrainingException e) {
                throw new RunException(e);
            }
        }
    }

    /** The run has all that it learnt, with or without a report. */
    private void writeReport(Progress progress) {
        try {
            progress.tell("report: " + RunReport.write(folder));
        } catch (IOException e) {
            progress.tell("no report: %s; ./winnow report %s writes one".formatted(e, folder));
        }
    }

    private Path configurationFile() throws RunException {
        Path own = RunFolder.configuration(folder);
        if (configuration.isPresent()) {
            return configuration.get();
        }
        if (resume && Files.isRegularFile(own)) {
            return own;
        }
        throw new RunException(own + ": missing (expected: --config, or a run to resume)");
    }

    private Map<String, String> checksums(Configuration complete) throws IOException, RunException {
        Map<String, String> checksums = new LinkedHashMap<>();
        for (Map.Entry<Key<?>, Path> input : kind.inputs(complete).entrySet()) {
            Path path = input.getValue();
            if (!Files.exists(path)) {
                throw complete.refusal(input.getKey(), "a file or folder that exists");
            }
            checksums.put(
                    input.getKey().name(), Files.isDirectory(path) ? Checksums.ofFolder(path) : Checksums.of(path));
        }
        return checksums;
    }

    /** Other numbers would come of other inputs or settings than the steps before had. */
    private void requireSame(Configuration complete, Map<String, String> inputs, Checkpoint checkpoint)
            throws IOException, RunException {
        Configuration before = kind.check(Configuration.read(checkpoint.configuration(), List.of(), kind.keys()));
        Optional<Key<?>> different = complete.firstDifference(before, kind.mayChange());
        if (different.isPresent()) {
            throw complete.refusal(different.get(), before.written(different.get()) + ", as the run was begun with");
        }
        for (Key<?> key : kind.inputs(complete).keySet()) {
            String expected = checkpoint.progress().inputs().get(key.name());
            if (!Objects.equals(inputs.get(key.name()), expected)) {
                throw complete.refusal(key, "what it was when the run began, with sha256 %s".formatted(expected));
            }
        }
        if (complete.get(RunKeys.STEPS) < checkpoint.progress().steps()) {
            throw complete.refusal(
                    RunKeys.STEPS,
                    "at least the %d that are done"
                            .formatted(checkpoint.progress().steps()));
        }
    }
}
