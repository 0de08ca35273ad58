package dev.winnow.loadtest.scenario;

import dev.winnow.loadtest.bundle.Bundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * A bundles folder with versions 1, 2, ... of one bundle, all the same but for their number. Each comes and goes whole,
 * by a move.
 */
final class VersionFolders {
    private final Path root;
    private final Bundle bundle;
    private int latest;

    private VersionFolders(Path root, Bundle bundle) {
        this.root = root;
        this.bundle = bundle;
    }

    /** Makes the folder with version 1. */
    static VersionFolders create(Path root, Bundle bundle) throws IOException {
        VersionFolders folders = new VersionFolders(root, bundle);
        Files.createDirectories(folders.served().resolve(bundle.name()));
        Files.createDirectories(folders.model());
        try (Stream<Path> files = Files.list(bundle.folder())) {
            for (Path file : files.toList()) {
                Files.copy(file, folders.model().resolve(file.getFileName()));
            }
        }
        folders.moveNextIn();
        return folders;
    }

    /** Returns the folder for the service. */
    Path served() {
        return root.resolve("bundles");
    }

    private Path model() {
        return root.resolve("model");
    }

    String bundle() {
        return bundle.name();
    }

    String latest() {
        return Integer.toString(latest);
    }

    /** Returns the version that is there now too. */
    String moveNextIn() throws IOException {
        latest++;
        Path made = Files.createDirectories(root.resolve("made").resolve(latest()));
        try (Stream<Path> files = Files.list(model())) {
            for (Path file : files.toList()) {
                if (!file.endsWith(Bundle.MANIFEST)) {
                    Files.createLink(made.resolve(file.getFileName()), file);
                }
            }
        }
        List<String> manifest = Files.readAllLines(model().resolve(Bundle.MANIFEST)).stream()
                .map(line -> line.startsWith("version:") ? "version: '" + latest + "'" : line)
                .toList();
        Files.write(made.resolve(Bundle.MANIFEST), manifest);
        Files.move(made, served().resolve(bundle.name()).resolve(latest()), StandardCopyOption.ATOMIC_MOVE);
        return latest();
    }

    void moveOut(String version) throws IOException {
        Path gone = Files.createDirectories(root.resolve("gone")).resolve(version);
        Files.move(served().resolve(bundle.name()).resolve(version), gone, StandardCopyOption.ATOMIC_MOVE);
    }
}
