package dev.winnow.ppo.run;

import dev.winnow.ppo.config.Configuration;
import dev.winnow.ppo.config.Key;
import dev.winnow.ppo.policy.NewModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Runs of {@code winnow sft}. */
final class SupervisedRun extends RunKind {
    @Override
    public List<Key<?>> keys() {
        return SupervisedKeys.ALL;
    }

    @Override
    Set<Key<?>> mayChange() {
        return SupervisedKeys.MAY_CHANGE;
    }

    @Override
    Configuration check(Configuration configuration) {
        return SupervisedKeys.check(configuration);
    }

    @Override
    Map<Key<?>, Path> inputs(Configuration configuration) {
        Map<Key<?>, Path> inputs = new LinkedHashMap<>();
        for (Key<Optional<Path>> key : List.of(SupervisedKeys.POLICY, ModelKeys.TOKENIZER, SupervisedKeys.HELD_OUT)) {
            configuration.get(key).ifPresent(path -> inputs.put(key, path));
        }
        inputs.put(SupervisedKeys.DATA, configuration.get(SupervisedKeys.DATA));
        return inputs;
    }

    @Override
    Training open(Configuration configuration, Optional<Checkpoint> from, RunFolder folder, Stop stop)
            throws IOException, RunException {
        return SupervisedTraining.open(configuration, policy(configuration, folder), from);
    }

    /** Returns the directory that is trained from; one that is made anew is the same each time. */
    private static Path policy(Configuration configuration, RunFolder folder) throws IOException {
        Optional<Path> given = configuration.get(SupervisedKeys.POLICY);
        if (given.isPresent()) {
            return given.get();
        }
        Path tokenizer = configuration.get(ModelKeys.TOKENIZER).orElseThrow();
        Disk.writeFolder(
                folder.initialPolicy(),
                target -> NewModel.write(
                        target,
                        tokenizer,
                        ModelKeys.shape(configuration),
                        configuration.get(ModelKeys.END_TOKEN),
                        configuration.get(RunKeys.SEED)));
        return folder.initialPolicy();
    }
}
