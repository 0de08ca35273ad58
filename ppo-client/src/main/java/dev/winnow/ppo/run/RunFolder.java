package dev.winnow.ppo.run;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;

/** The folder of one run, which one process at a time may write to. Lives until it is closed. */
final class RunFolder implements AutoCloseable {
    private static final String LOCK = "lock";
    private static final String INITIAL = "initial";

    private final Path folder;
    private final FileChannel lock;

    private RunFolder(Path folder, FileChannel lock) {
        this.folder = folder;
        this.lock = lock;
    }

    /**
     * Opens a folder, which need not exist.
     *
     * @param resume whether it may have files
     * @throws RunException where it may not, or another process has it
     */
    static RunFolder open(Path folder, boolean resume) throws IOException, RunException {
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw new RunException(folder + ": a file (expected: a folder, or nothing)");
        }
        if (!resume && Files.exists(folder) && hasFiles(folder)) {
            throw new RunException(
                    "%s: has files (expected: an empty folder or none; --resume goes on with a run)".formatted(folder));
        }
        Files.createDirectories(folder);
        FileChannel channel =
                FileChannel.open(folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock held;
        try {
            held = channel.tryLock();
        } catch (OverlappingFileLockException e) {
            held = null;
        }
        if (held == null) {
            channel.close();
            throw new RunException(folder + ": another process runs here (expected: none)");
        }
        return new RunFolder(folder, channel);
    }

    /** Returns whether there is more than what a run leaves that was refused before its first step. */
    private static boolean hasFiles(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.anyMatch(file -> !file.endsWith(LOCK) && !file.endsWith(INITIAL));
        }
    }

    /** Returns the file with the complete configuration. */
    static Path configuration(Path folder) {
        return folder.resolve("run.yaml");
    }

    Path configuration() {
        return configuration(folder);
    }

    Path metrics() {
        return folder.resolve("metrics.jsonl");
    }

    Path samples() {
        return folder.resolve("samples.jsonl");
    }

    /** Returns where the files for TensorBoard lie. */
    Path events() {
        return folder.resolve("tensorboard");
    }

    /** Returns where the policy lies once the last step is taken. */
    Path policy() {
        return folder.resolve("policy");
    }

    /** Returns where a policy of a new shape lies before the first step. */
    Path initialPolicy() {
        return folder.resolve(INITIAL);
    }

    Checkpoints checkpoints() {
        return new Checkpoints(folder.resolve("checkpoints"));
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}
