package dev.winnow.loadtest.drill;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A failure of a fleet, or of the network before it, while a trainer asks. */
public enum Drill {
    KILL("a replica is killed, and started again") {
        @Override
        void disturb(Fleet fleet, Trainer trainer, Pace pace) throws IOException, InterruptedException {
            Replica replica = fleet.replicas().getFirst();
            replica.kill();
            trainer.awaitAnswers(pace.answers());
            replica.start();
        }
    },
    ROLLING_RESTART("replicas are stopped and started one by one") {
        @Override
        void disturb(Fleet fleet, Trainer trainer, Pace pace) throws IOException, InterruptedException {
            for (Replica replica : fleet.replicas()) {
                replica.stop();
                replica.start();
                trainer.awaitAnswers(pace.answers());
            }
        }
    },
    HANG("a replica stands still, and goes on") {
        @Override
        void disturb(Fleet fleet, Trainer trainer, Pace pace) throws IOException, InterruptedException {
            Replica replica = fleet.replicas().getFirst();
            replica.suspend();
            trainer.awaitAnswers(pace.answers());
            replica.resume();
        }
    },
    SLOW("a replica is ten times slower for a while") {
        @Override
        void disturb(Fleet fleet, Trainer trainer, Pace pace) throws IOException, InterruptedException {
            Replica replica = fleet.replicas().getFirst();
            Duration slice = Duration.ofMillis(10);
            for (long slices = pace.time().dividedBy(slice.multipliedBy(10)); slices > 0; slices--) {
                replica.suspend();
                Thread.sleep(slice.multipliedBy(9));
                replica.resume();
                Thread.sleep(slice);
            }
        }
    },
    CUT("the network to a replica is cut, and heals") {
        @Override
        void disturb(Fleet fleet, Trainer trainer, Pace pace) throws InterruptedException {
            Proxy network = fleet.replicas().getFirst().network();
            network.cut();
            trainer.awaitAnswers(pace.answers());
            network.heal();
        }
    },
    STALL("the network to a replica takes bytes and delivers none, and heals") {
        @Override
        void disturb(Fleet fleet, Trainer trainer, Pace pace) throws InterruptedException {
            Proxy network = fleet.replicas().getFirst().network();
            network.stall();
            trainer.awaitAnswers(pace.answers());
            network.heal();
        }
    },
    DELAY("the network to a replica delays by 200 ms for a while") {
        @Override
        void disturb(Fleet fleet, Trainer trainer, Pace pace) throws InterruptedException {
            Proxy network = fleet.replicas().getFirst().network();
            network.delay(Duration.ofMillis(200));
            trainer.awaitAnswers(pace.answers());
            network.heal();
        }
    },
    AWAY("all replicas are killed, and come back after a while") {
        @Override
        void disturb(Fleet fleet, Trainer trainer, Pace pace) throws IOException, InterruptedException {
            for (Replica replica : fleet.replicas()) {
                replica.kill();
            }
            Thread.sleep(pace.time());
            for (Replica replica : fleet.replicas()) {
                replica.start();
            }
        }
    },
    CORRUPT_BUNDLE("the manifest of a bundle that serves is overwritten on the disk of a replica") {
        @Override
        void disturb(Fleet fleet, Trainer trainer, Pace pace) throws IOException, InterruptedException {
            Replica replica = fleet.replicas().getFirst();
            double refused = refusals(replica);
            Path manifest = manifest(replica);
            String whole = Files.readString(manifest);
            Files.writeString(manifest, "corrupt");
            while (refusals(replica) == refused) {
                trainer.awaitAnswers(1);
            }
            trainer.awaitAnswers(pace.answers());
            Files.writeString(manifest, whole);
        }

        private static Path manifest(Replica replica) throws IOException {
            try (Stream<Path> files = Files.walk(replica.bundles())) {
                return files.filter(file -> file.endsWith("reward-model.yaml"))
                        .findAny()
                        .orElseThrow();
            }
        }

        private static double refusals(Replica replica) throws IOException {
            return replica.service().metrics().sum("winnow_bundle_load_seconds_count", "outcome=\"refused\"");
        }
    };

    /**
     * How long disturbances last.
     *
     * @param answers that a trainer gets meanwhile
     * @param time of those that no answers come in
     */
    public record Pace(int answers, Duration time) {
        /** Long enough to see what lasts. */
        public static final Pace LONG = new Pace(3000, Duration.ofMinutes(1));

        /** Long enough to see that nothing is lost. */
        public static final Pace SHORT = new Pace(200, Duration.ofSeconds(3));
    }

    private final String description;

    Drill(String description) {
        this.description = description;
    }

    /** Returns what happens. */
    public String description() {
        return description;
    }

    /** Returns what it is called on the command line. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * Finds a drill.
     *
     * @throws IllegalArgumentException where there is none of that name
     */
    public static Drill labelled(String label) {
        return Arrays.stream(values())
                .filter(drill -> drill.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("drill: %s (expected: all, or one of %s)"
                        .formatted(
                                label, Arrays.stream(values()).map(Drill::label).collect(Collectors.joining(", ")))));
    }

    /** Disturbs, and mends what it broke, all while the trainer asks. */
    abstract void disturb(Fleet fleet, Trainer trainer, Pace pace) throws IOException, InterruptedException;
}
