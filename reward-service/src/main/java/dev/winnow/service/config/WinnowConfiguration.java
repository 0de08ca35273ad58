package dev.winnow.service.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Every key of the service, each settable as a system property or, in capitals with {@code _}, in the environment. */
@ConfigMapping(prefix = "winnow")
public interface WinnowConfiguration {
    /** Folder with the bundles, {@code <name>/<version>/}. */
    @WithDefault("reward-models/bundles")
    Path bundles();

    /** Bundles without which the service is not ready. By default any one bundle is enough. */
    Optional<Set<String>> requiredBundles();

    /** Threads that run models. By default one for each processor. */
    OptionalInt workers();

    /** After which the run of a model is stopped; its samples fail. Work that nobody waits for is stopped at once. */
    @WithDefault("2M")
    Duration maximumRunTime();

    /** Most samples in one Score call. */
    @WithDefault("4096")
    int maximumSamplesPerCall();

    /** How changes of the bundles folder are found. */
    Reload reload();

    /** Loading and unloading by request. */
    Admin admin();

    /** How much may be in flight. */
    Admission admission();

    /** Limits of one ScoreStream call. */
    Stream stream();

    /** How long a stop waits for what was admitted. */
    @WithDefault("30S")
    Duration drainTimeout();

    /** How changes of the bundles folder are found. */
    interface Reload {
        /** From one look at the folder to the next. 0 is never: what is there at the start is all, but for requests. */
        @WithDefault("5S")
        Duration interval();
    }

    /** Loading and unloading by request. */
    interface Admin {
        /**
         * Whether {@code winnow.v1.AdminService} answers callers on this machine, by its loopback address; others never.
         * There are no credentials yet: whoever can open a connection from here, a proxy beside the service among them,
         * may then unload what others use.
         */
        @WithDefault("false")
        boolean enabled();
    }

    /** How much may be in flight. */
    interface Admission {
        /**
         * Most bytes of samples in flight over all calls, which bounds memory: what is made of a sample is several times
         * its bytes. Not less than the largest message.
         */
        @WithDefault("67108864")
        long maximumBytesInFlight();

        /**
         * Longest that an admitted sample should wait for its turn, if its deadline allows as much. With the throughput,
         * which is measured, it gives the tokens that may be in flight below the maximum.
         */
        @WithDefault("10S")
        Duration targetDelay();
    }

    /** Limits of one ScoreStream call. */
    interface Stream {
        /** Samples that were read and are not answered; at this number the stream is not read further. */
        @WithDefault("256")
        int maximumSamplesInFlight();

        /** Samples in all; their ids are remembered, to find one that is used twice. A client opens another stream. */
        @WithDefault("1000000")
        int maximumSamples();
    }
}
