package dev.winnow.service.loading;

import dev.winnow.service.pipeline.Catalog;
import dev.winnow.service.pipeline.RewardModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** The bundles of one folder: those that serve, and those that were refused with the reason. Thread-safe. */
public final class Bundles implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Bundles.class);

    private final Path root;
    private volatile State state = new State(false, Catalog.EMPTY, Map.of());

    /**
     * What became of the folder.
     *
     * @param loaded whether the folder has been gone through
     * @param refused reason by {@code NAME/VERSION}
     */
    public record State(boolean loaded, Catalog catalog, Map<String, String> refused) {
        /** Which of these bundles have no version that serves. */
        public Set<String> missing(Set<String> required) {
            Set<String> missing = new TreeSet<>(required);
            missing.removeAll(catalog.bundles().keySet());
            return missing;
        }
    }

    public Bundles(Path root) {
        this.root = root;
    }

    public State state() {
        return state;
    }

    public Catalog catalog() {
        return state.catalog();
    }

    /** Loads every version in the folder. A bundle that is refused does not keep the others from serving. */
    public void load() {
        BundleLoader loader = new BundleLoader();
        Map<String, List<RewardModel>> serving = new TreeMap<>();
        Map<String, String> refused = new TreeMap<>();
        List<Path> folders = versionFolders(refused);
        if (folders.isEmpty()) {
            LOG.errorf("bundles folder %s: no bundle (expected: NAME/VERSION/%s)", root, BundleLoader.MANIFEST);
        }
        for (Path folder : folders) {
            String name = root.relativize(folder).toString();
            try {
                RewardModel model = loader.load(folder);
                serving.computeIfAbsent(model.id().bundle(), bundle -> new ArrayList<>())
                        .add(model);
                LOG.infof(
                        "bundle %s serves %s, %s",
                        model.id(),
                        model.manifest().rewards().keySet(),
                        model.id().digest());
            } catch (BundleRefusedException e) {
                refused.put(name, String.valueOf(e.getMessage()));
                LOG.errorf("bundle %s refused: %s", name, e.getMessage());
            }
        }
        serving.values()
                .forEach(versions -> versions.sort(
                        Comparator.comparing((RewardModel model) -> model.id().version(), new VersionOrder())
                                .reversed()));
        state = new State(true, new Catalog(serving), refused);
    }

    @Override
    public void close() {
        catalog().bundles().values().forEach(versions -> versions.forEach(RewardModel::close));
    }

    /** Every {@code <name>/<version>} folder with a manifest, in order. */
    private List<Path> versionFolders(Map<String, String> refused) {
        try (Stream<Path> files = Files.find(
                root,
                3,
                (path, attributes) -> attributes.isRegularFile()
                        && path.endsWith(BundleLoader.MANIFEST)
                        && root.relativize(path).getNameCount() == 3,
                FileVisitOption.FOLLOW_LINKS)) {
            return files.map(Path::getParent).sorted().toList();
        } catch (IOException | UncheckedIOException e) {
            refused.put(root.toString(), "the bundles folder cannot be read: " + e);
            LOG.errorf("bundles folder %s cannot be read: %s", root, e);
            return List.of();
        }
    }
}
