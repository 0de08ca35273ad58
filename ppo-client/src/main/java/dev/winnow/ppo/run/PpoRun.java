package dev.winnow.ppo.run;

import dev.winnow.ppo.config.Configuration;
import dev.winnow.ppo.config.Key;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Runs of {@code winnow train}. */
final class PpoRun extends RunKind {
    @Override
    public List<Key<?>> keys() {
        return TrainKeys.all();
    }

    @Override
    Set<Key<?>> mayChange() {
        return TrainKeys.MAY_CHANGE;
    }

    @Override
    Configuration check(Configuration configuration) {
        return TrainKeys.check(configuration);
    }

    @Override
    Map<Key<?>, Path> inputs(Configuration configuration) {
        Map<Key<?>, Path> inputs = new LinkedHashMap<>();
        inputs.put(TrainKeys.POLICY, configuration.get(TrainKeys.POLICY));
        inputs.put(TrainKeys.PROMPTS, configuration.get(TrainKeys.PROMPTS));
        configuration
                .get(TrainKeys.EVALUATION_PROMPTS)
                .ifPresent(file -> inputs.put(TrainKeys.EVALUATION_PROMPTS, file));
        return inputs;
    }

    @Override
    Training open(Configuration configuration, Optional<Checkpoint> from, RunFolder folder, Stop stop)
            throws IOException, RunException {
        return PpoTraining.open(configuration, from, folder.samples(), stop);
    }
}
