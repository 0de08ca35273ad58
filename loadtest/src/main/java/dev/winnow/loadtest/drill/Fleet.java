package dev.winnow.loadtest.drill;

import dev.winnow.loadtest.bundle.Bundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Replicas of the service, each with a copy of a bundle. */
final class Fleet implements AutoCloseable {
    private final List<Replica> replicas = new ArrayList<>();

    private Fleet() {}

    /**
     * Starts replicas.
     *
     * @param bundle what they serve
     * @param scratch an empty folder
     */
    static Fleet start(Replica.Starter starter, Bundle bundle, int count, Path scratch) throws IOException {
        Fleet fleet = new Fleet();
        Path folder = bundle.folder();
        String version = folder.getName(folder.getNameCount() - 1).toString();
        try {
            for (int number = 0; number < count; number++) {
                Path bundles = scratch.resolve("replica-" + number);
                copy(folder, bundles.resolve(bundle.name()).resolve(version));
                Replica replica = new Replica(starter, bundles);
                fleet.replicas.add(replica);
                replica.start();
            }
            return fleet;
        } catch (IOException e) {
            fleet.close();
            throw e;
        }
    }

    List<Replica> replicas() {
        return replicas;
    }

    /** Returns where clients find all replicas. */
    String target() {
        return replicas.stream().map(replica -> replica.network().address()).collect(Collectors.joining(","));
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path copy = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(file, copy);
                }
            }
        }
    }

    @Override
    public void close() throws IOException {
        for (Replica replica : replicas) {
            replica.close();
        }
    }
}
