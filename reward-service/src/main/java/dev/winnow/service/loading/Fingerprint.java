package dev.winnow.service.loading;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the system tells of the files in a folder without reading them. Equal fingerprints mean that nothing was written
 * in between.
 */
record Fingerprint(List<Stamp> files) {
    /** One file. The key, an inode, tells a file from another that took its place. */
    record Stamp(
            String name,
            long bytes,
            FileTime modified,
            @Nullable Object key,
            boolean readable) {}

    /** Of all regular files directly in the folder, through symbolic links. */
    static Fingerprint of(Path folder) throws IOException {
        List<Stamp> stamps = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                addStamp(file, stamps);
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        stamps.sort(Comparator.comparing(Stamp::name));
        return new Fingerprint(stamps);
    }

    private static void addStamp(Path file, List<Stamp> stamps) throws IOException {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            if (attributes.isRegularFile()) {
                stamps.add(new Stamp(
                        file.getFileName().toString(),
                        attributes.size(),
                        attributes.lastModifiedTime(),
                        attributes.fileKey(),
                        Files.isReadable(file)));
            }
        } catch (NoSuchFileException e) {
            // Removed since it was listed, or a link that leads nowhere: not there.
        }
    }

    boolean hasFile(String name) {
        return files.stream().anyMatch(file -> file.name().equals(name));
    }
}
