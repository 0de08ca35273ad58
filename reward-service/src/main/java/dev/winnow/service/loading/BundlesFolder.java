package dev.winnow.service.loading;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.StreamSupport;

/**
 * The folder that bundles are found in, each in {@code NAME/VERSION/}. Folders whose names begin with a dot are not
 * looked at: tools keep there what is not finished.
 */
record BundlesFolder(Path root) {
    /**
     * What was found at one moment.
     *
     * @param versions state of the files by {@code NAME/VERSION}
     * @param unreadable reason by path relative to the root; empty for the root itself. Versions beneath may be there
     */
    record Listing(Map<String, Fingerprint> versions, Map<String, String> unreadable) {
        /** Whether the version may be there though it was not found. */
        boolean hides(String version) {
            return unreadable.keySet().stream()
                    .anyMatch(path -> path.isEmpty() || version.equals(path) || version.startsWith(path + "/"));
        }
    }

    Path of(String version) {
        return root.resolve(version);
    }

    Listing list() {
        Listing listing = new Listing(new TreeMap<>(), new TreeMap<>());
        for (Path bundle : folders(root, listing)) {
            for (Path version : folders(bundle, listing)) {
                addVersion(version, listing);
            }
        }
        return listing;
    }

    private void addVersion(Path version, Listing listing) {
        try {
            Fingerprint fingerprint = Fingerprint.of(version);
            if (fingerprint.hasFile(BundleLoader.MANIFEST)) {
                listing.versions().put(name(version), fingerprint);
            }
        } catch (NoSuchFileException e) {
            // Removed since it was listed.
        } catch (IOException e) {
            listing.unreadable().put(name(version), "cannot be read: " + e);
        }
    }

    /** The folders directly in one, in order. */
    private List<Path> folders(Path parent, Listing listing) {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(parent)) {
            return StreamSupport.stream(entries.spliterator(), false)
                    .filter(entry -> !entry.getFileName().toString().startsWith("."))
                    .filter(entry -> isFolder(entry, parent, listing))
                    .sorted()
                    .toList();
        } catch (IOException | DirectoryIteratorException e) {
            listing.unreadable().put(name(parent), "cannot be read: " + e);
            return List.of();
        }
    }

    private boolean isFolder(Path entry, Path parent, Listing listing) {
        try {
            if (Files.isSymbolicLink(entry) && parent.toRealPath().startsWith(entry.toRealPath())) {
                listing.unreadable().put(name(entry), "circular symbolic link to " + Files.readSymbolicLink(entry));
                return false;
            }
            return Files.isDirectory(entry);
        } catch (IOException e) {
            listing.unreadable().put(name(entry), "symbolic link that cannot be followed: " + e);
            return false;
        }
    }

    private String name(Path path) {
        return root.relativize(path).toString();
    }
}
