package dev.winnow.ppo.run;

import dev.winnow.ppo.config.Configuration;
import dev.winnow.ppo.config.Key;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A kind of runs. */
public abstract class RunKind {
    RunKind() {}

    /** Returns the kind that trains by PPO on rewards. */
    public static RunKind training() {
        return new PpoRun();
    }

    /** Returns the kind that learns from given responses. */
    public static RunKind supervised() {
        return new SupervisedRun();
    }

    /** Returns all keys of its configuration, in the order of the documentation. */
    public abstract List<Key<?>> keys();

    /** Returns the keys that may have another value when a run is resumed. */
    abstract Set<Key<?>> mayChange();

    /**
     * Returns a configuration in which values are filled in that depend on the machine.
     *
     * @throws dev.winnow.ppo.config.ConfigurationException where a value is out of range
     */
    abstract Configuration check(Configuration configuration);

    /** Returns the files and folders that must be the same when a run is resumed. */
    abstract Map<Key<?>, Path> inputs(Configuration configuration);

    /**
     * Makes ready for the first step, or for the one behind a checkpoint.
     *
     * @throws RunException where an input is not what it must be
     */
    abstract Training open(Configuration configuration, Optional<Checkpoint> from, RunFolder folder, Stop stop)
            throws IOException, RunException;
}
