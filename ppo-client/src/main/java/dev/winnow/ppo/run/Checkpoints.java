package dev.winnow.ppo.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The checkpoints of a run, each a folder that is there as a whole or not at all. */
final class Checkpoints {
    private static final Pattern NAME = Pattern.compile("step-\\d{8}");

    private final Path folder;

    Checkpoints(Path folder) {
        this.folder = folder;
    }

    /**
     * Writes a checkpoint, and deletes the oldest and those of later steps, which were damaged as it is the newest.
     *
     * @param tensors writes them into a folder that does not exist
     * @param kept how many stay, at least 1
     * @throws IOException where it cannot be written; those before it stay
     */
    void write(Checkpoint.Progress progress, String configuration, Disk.Content tensors, int kept) throws IOException {
        Files.createDirectories(folder);
        Disk.deleteUnfinished(folder);
        Path checkpoint = folder.resolve("step-%08d".formatted(progress.steps()));
        Disk.writeFolder(checkpoint, unfinished -> {
            Files.createDirectories(unfinished);
            tensors.writeTo(unfinished);
            Checkpoint.finish(unfinished, progress, configuration);
        });
        List<Path> all = newestFirst();
        int own = all.indexOf(checkpoint);
        for (int index = 0; index < all.size(); index++) {
            if (index < own || index >= own + kept) {
                Disk.deleteFolder(all.get(index));
            }
        }
    }

    /**
     * Returns the newest checkpoint that is as it was written; empty where there are none.
     *
     * @param tell hears of those that are not
     * @throws RunException where there are some, and none is whole
     */
    Optional<Checkpoint> newest(Consumer<String> tell) throws IOException, RunException {
        List<Path> all = newestFirst();
        for (Path checkpoint : all) {
            Optional<String> fault = Checksums.firstFault(checkpoint);
            if (fault.isEmpty()) {
                return Optional.of(Checkpoint.read(checkpoint));
            }
            tell.accept("%s is damaged and not used: %s".formatted(checkpoint, fault.get()));
        }
        if (!all.isEmpty()) {
            throw new RunException(
                    "%s: no checkpoint that is whole (expected: one of %d)".formatted(folder, all.size()));
        }
        return Optional.empty();
    }

    private List<Path> newestFirst() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(
                            path -> NAME.matcher(path.getFileName().toString()).matches())
                    .sorted(Comparator.reverseOrder())
                    .toList();
        }
    }
}
