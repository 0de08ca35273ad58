package dev.winnow.service.loading;

import dev.winnow.service.domain.Failure;
import dev.winnow.service.domain.FailureException;
import dev.winnow.service.loading.BundleVersion.Status;
import dev.winnow.service.pipeline.Catalog;
import dev.winnow.service.pipeline.RewardModel;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jboss.logging.Logger;

/**
 * The bundles of one folder: what serves, what does not and why. A version serves once it is proven, the one before it
 * until then, and a model is freed when the last call that uses it is over.
 *
 * <p>{@link #state}, {@link #catalog} and {@link #close} may be called by any thread; what loads and unloads by one
 * thread at a time, which {@link LoadingThread} sees to.
 */
public final class Bundles implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Bundles.class);

    private final BundlesFolder folder;
    private final Set<String> required;
    private final Clock clock;
    private final BundleEvents events;
    private final BundleLoader loader = new BundleLoader();
    private final VersionEntries entries;
    private final List<BundleVersion> retired = new ArrayList<>();
    private final List<RewardModel> closing = new ArrayList<>();
    private List<BundleVersion> unreadable = List.of();
    private Map<String, String> reported = Map.of();
    private boolean scanned;
    private boolean closed;
    private volatile BundlesState state;

    /**
     * Creates an empty state of the folder.
     *
     * @param required bundles whose last version is not unloaded; where none is, the last version of all is not
     * @param clock for the times that versions came to their status at, and how long loading took
     */
    public Bundles(Path root, Set<String> required, Clock clock, BundleEvents events) {
        this.folder = new BundlesFolder(root);
        this.required = Set.copyOf(required);
        this.entries = new VersionEntries(required, clock);
        this.clock = clock;
        this.events = events;
        this.state = new BundlesState(false, false, Catalog.EMPTY, new TreeSet<>(required), List.of(), List.of());
    }

    public BundlesState state() {
        return state;
    }

    public Catalog catalog() {
        return state.catalog();
    }

    /**
     * Loads versions that are new or whose files have changed since they were tried, and unloads those that are gone.
     * The first time, nothing serves before all were tried: a caller would be told that there is no such reward.
     */
    void scan() {
        BundlesFolder.Listing listing = folder.list();
        report(listing);
        listing.versions().forEach((name, files) -> {
            VersionEntry entry = entries.getOrAdd(name);
            if (!entry.hasTried(files)) {
                attempt(name, entry, files);
            }
        });
        for (String name : List.copyOf(entries.names())) {
            VersionEntry entry = entries.getOrAdd(name);
            boolean found = listing.versions().containsKey(name) || listing.hides(name);
            // A folder that is moved and replaced is missing for a moment.
            if (entry.missingAgain(found)) {
                remove(name, entry);
            }
        }
        boolean first = !scanned;
        scanned = true;
        if (first || retired.stream().anyMatch(BundleVersion::isFreed)) {
            publish();
        }
        if (first && entries.names().isEmpty()) {
            LOG.errorf(
                    "bundles folder %s: no bundle (expected: NAME/VERSION/%s)", folder.root(), BundleLoader.MANIFEST);
        }
    }

    /**
     * Tries a version of the folder, whether or not it was tried or unloaded before.
     *
     * @return what became of it; refused where it was
     * @throws FailureException if there is no such version in the folder
     */
    BundleVersion load(String name) {
        BundlesFolder.Listing listing = folder.list();
        Fingerprint files = listing.versions().get(name);
        if (files == null) {
            throw notFound(name, listing.versions().keySet());
        }
        VersionEntry entry = entries.getOrAdd(name);
        entry.request();
        attempt(name, entry, files);
        return entry.describe();
    }

    /**
     * Takes a version out of service, until it is asked for by {@link #load} or its manifest changes. One that does not
     * serve stays as it is.
     *
     * @param force whether the last version of a required bundle may be unloaded
     * @throws FailureException if there is no such version, or it is the last one of what the service must have
     */
    BundleVersion unload(String name, boolean force) {
        VersionEntry entry = entries.find(name).orElseThrow(() -> notFound(name, entries.names()));
        if (!force && entries.isNeeded(entry)) {
            throw new FailureException(new Failure.FailedPrecondition(
                    "version: %s is the last one %s (expected: another one that serves, or force)"
                            .formatted(name, required.isEmpty() ? "of all" : "of a required bundle")));
        }
        entry.unload(clock.instant()).ifPresent(model -> {
            LOG.infof("bundle %s unloaded: on request", name);
            closing.add(model);
        });
        publish();
        return entry.describe();
    }

    /** Serves nothing any more; frees each model once no call uses it. */
    @Override
    public synchronized void close() {
        closed = true;
        state = new BundlesState(
                state.loaded(), state.ready(), Catalog.EMPTY, state.missing(), state.versions(), state.retired());
        state.all().forEach(version -> version.model().ifPresent(RewardModel::close));
    }

    private void attempt(String name, VersionEntry entry, Fingerprint files) {
        Instant begun = clock.instant();
        entry.tries(files, begun);
        publish();
        String bundle = entry.describe().name();
        try {
            Optional<RewardModel> model = loader.load(folder.of(name), digest -> !entry.isSettled(digest));
            if (model.isEmpty()) {
                entry.confirm(clock.instant());
                publish();
                return;
            }
            requireUnchanged(name, files, model.get());
            events.loaded(bundle, Duration.between(begun, clock.instant()));
            serve(entry, model.get());
        } catch (BundleRefusedException e) {
            entry.refuse(String.valueOf(e.getMessage()), clock.instant());
            LOG.errorf(
                    "bundle %s refused: %s%s",
                    name,
                    e.getMessage(),
                    entry.serving()
                            .map(model -> "; %s serves on".formatted(model.id().digest()))
                            .orElse(""));
            events.refused(bundle, Duration.between(begun, clock.instant()));
            publish();
        }
    }

    /** What was opened must be what was hashed: files that were written meanwhile may have come in between. */
    private void requireUnchanged(String name, Fingerprint files, RewardModel model) {
        if (!files.equals(folder.list().versions().get(name))) {
            model.close();
            throw new BundleRefusedException("files: written while they were read (expected: left alone)");
        }
    }

    private void serve(VersionEntry entry, RewardModel model) {
        LOG.infof(
                "bundle %s serves %s, %s",
                model.id(), model.manifest().rewards().keySet(), model.id().digest());
        retire(entry.serve(model, clock.instant()), "replaced by " + model.id().digest());
        publish();
    }

    private void remove(String name, VersionEntry entry) {
        if (entries.isNeeded(entry)) {
            String reason = "folder: gone (expected: there, since this is the last version of what is required)";
            if (!entry.describe().reason().equals(reason)) {
                LOG.errorf("bundle %s serves on: %s", name, reason);
                entry.miss(reason, clock.instant());
                publish();
            }
            return;
        }
        LOG.infof("bundle %s unloaded: its folder is gone", name);
        entries.remove(name);
        retire(entry.unload(clock.instant()), "its folder is gone");
        publish();
    }

    /** Notes a model that has no files any more, and that is closed once the catalog is without it. */
    private void retire(Optional<RewardModel> model, String reason) {
        model.ifPresent(old -> {
            closing.add(old);
            retired.add(new BundleVersion(
                    old.id().toString(),
                    Status.UNLOADED,
                    old.id().digest(),
                    model,
                    reason + "; calls in flight still use it",
                    clock.instant()));
        });
    }

    /** Tells all what is so now; only then closes what serves no more, so that nobody finds it in the catalog. */
    private synchronized void publish() {
        retired.removeIf(BundleVersion::isFreed);
        Catalog catalog = scanned ? entries.catalog() : Catalog.EMPTY;
        Set<String> missing = new TreeSet<>(required);
        missing.removeAll(catalog.bundles().keySet());
        boolean ready =
                state.ready() || (missing.isEmpty() && !catalog.bundles().isEmpty());
        List<BundleVersion> versions = new ArrayList<>();
        versions.addAll(unreadable);
        versions.addAll(entries.describe());
        state = new BundlesState(scanned, ready, catalog, missing, List.copyOf(versions), List.copyOf(retired));
        closing.forEach(RewardModel::close);
        closing.clear();
        if (closed) {
            close();
        }
        events.changed(state);
    }

    private void report(BundlesFolder.Listing listing) {
        if (listing.unreadable().equals(reported)) {
            return;
        }
        reported = listing.unreadable();
        reported.forEach((path, reason) -> LOG.errorf("bundles folder %s: %s", folder.of(path), reason));
        unreadable = reported.entrySet().stream()
                .map(entry -> unreadable(entry.getKey(), entry.getValue()))
                .toList();
        publish();
    }

    private BundleVersion unreadable(String path, String reason) {
        return new BundleVersion(
                path.isEmpty() ? folder.root().toString() : path,
                Status.REFUSED,
                "",
                Optional.empty(),
                path.isEmpty() ? "the bundles folder " + reason : reason,
                clock.instant());
    }

    private static FailureException notFound(String name, Set<String> known) {
        return new FailureException(new Failure.NotFound("version: %s (expected: one of %s)".formatted(name, known)));
    }
}
