package dev.winnow.ppo.run;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Folders that are there as a whole or not at all, whenever the process or the machine stops. */
final class Disk {
    /** What a folder is called while it is written or deleted. */
    private static final String UNFINISHED = ".part";

    private Disk() {}

    /** Fills a folder that does not exist. */
    interface Content {
        void writeTo(Path folder) throws IOException;
    }

    /**
     * Writes a folder, which takes the place of one of the same name.
     *
     * @throws IOException where it cannot be written; the old one is as before
     */
    static void writeFolder(Path folder, Content content) throws IOException {
        Path unfinished = unfinished(folder);
        delete(unfinished);
        try {
            content.writeTo(unfinished);
            for (Path path : all(unfinished)) {
                sync(path);
            }
        } catch (IOException | RuntimeException e) {
            delete(unfinished); // a full disk needs the room
            throw e;
        }
        if (Files.exists(folder)) {
            Path old = folder.resolveSibling(folder.getFileName() + ".old" + UNFINISHED);
            delete(old);
            Files.move(folder, old, StandardCopyOption.ATOMIC_MOVE);
            Files.move(unfinished, folder, StandardCopyOption.ATOMIC_MOVE);
            delete(old);
        } else {
            Files.move(unfinished, folder, StandardCopyOption.ATOMIC_MOVE);
        }
        sync(folder.toAbsolutePath().resolveSibling(""));
    }

    /** Writes a small file, which takes the place of one of the same name. */
    static void writeFile(Path file, String text) throws IOException {
        Path unfinished = unfinished(file);
        Files.writeString(unfinished, text);
        sync(unfinished);
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Deletes a folder, which has another name from the first moment on. */
    static void deleteFolder(Path folder) throws IOException {
        Path unfinished = unfinished(folder);
        delete(unfinished);
        Files.move(folder, unfinished, StandardCopyOption.ATOMIC_MOVE);
        delete(unfinished);
    }

    /** Deletes what a process that was killed has left unfinished in a folder. */
    static void deleteUnfinished(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            for (Path path :
                    all.filter(path -> path.toString().endsWith(UNFINISHED)).toList()) {
                delete(path);
            }
        }
    }

    /** Returns the regular files below a folder, in the order of their names. */
    static List<Path> files(Path folder) throws IOException {
        return all(folder).stream().filter(Files::isRegularFile).toList();
    }

    private static List<Path> all(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            return paths.sorted().toList();
        }
    }

    private static Path unfinished(Path path) {
        return path.resolveSibling(path.getFileName() + UNFINISHED);
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            for (Path path :
                    all(folder).stream().sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    private static void sync(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path)) {
            channel.force(true);
        }
    }
}
