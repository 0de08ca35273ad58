package dev.winnow.ppo.run;

import com.google.common.hash.Hashing;
import com.google.common.io.MoreFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** SHA-256 of files. A folder keeps those of its own in {@code SHA256SUMS}, which {@code sha256sum --check} reads. */
final class Checksums {
    private static final String FILE = "SHA256SUMS";
    private static final String SEPARATOR = "  ";

    private Checksums() {}

    static String of(Path file) throws IOException {
        return MoreFiles.asByteSource(file).hash(Hashing.sha256()).toString();
    }

    /** Returns one checksum of all files in a folder, with their names. */
    static String ofFolder(Path folder) throws IOException {
        return Hashing.sha256()
                .hashUnencodedChars(String.join("\n", lines(folder)))
                .toString();
    }

    /** Writes the checksums of all files below a folder. */
    static void write(Path folder) throws IOException {
        Files.write(folder.resolve(FILE), lines(folder));
    }

    /** Returns what is wrong with a folder that has its checksums; empty where it is as it was written. */
    static Optional<String> firstFault(Path folder) {
        try {
            Map<String, String> missing = new LinkedHashMap<>();
            for (String line : Files.readAllLines(folder.resolve(FILE))) {
                String[] parts = line.split(SEPARATOR, 2);
                if (parts.length < 2) {
                    return Optional.of("%s: '%s' (expected: a checksum and a file)".formatted(FILE, line));
                }
                missing.put(parts[1], parts[0]);
            }
            for (Path file : Disk.files(folder)) {
                String name = folder.relativize(file).toString();
                if (name.equals(FILE)) {
                    continue;
                }
                String expected = missing.remove(name);
                String found = of(file);
                if (!found.equals(expected)) {
                    return Optional.of("%s: sha256 %s (expected: %s)"
                            .formatted(name, found, expected == null ? "one in " + FILE : expected));
                }
            }
            return missing.keySet().stream().findFirst().map(name -> name + ": missing");
        } catch (IOException e) {
            return Optional.of(e.toString());
        }
    }

    private static List<String> lines(Path folder) throws IOException {
        List<String> lines = new ArrayList<>();
        for (Path file : Disk.files(folder)) {
            lines.add(of(file) + SEPARATOR + folder.relativize(file));
        }
        return lines;
    }
}
