package dev.winnow.service.loading;

import dev.winnow.service.pipeline.Catalog;
import dev.winnow.service.pipeline.RewardModel;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The versions of the folder by {@code NAME/VERSION}. Belongs to the thread that loads. */
final class VersionEntries {
    private static final Comparator<RewardModel> LATEST_FIRST = Comparator.comparing(
                    (RewardModel model) -> model.id().version(), new VersionOrder())
            .reversed();

    private final Map<String, VersionEntry> entries = new TreeMap<>();
    private final Set<String> required;
    private final Clock clock;

    VersionEntries(Set<String> required, Clock clock) {
        this.required = Set.copyOf(required);
        this.clock = clock;
    }

    Set<String> names() {
        return entries.keySet();
    }

    Optional<VersionEntry> find(String name) {
        return Optional.ofNullable(entries.get(name));
    }

    VersionEntry getOrAdd(String name) {
        return entries.computeIfAbsent(name, _ -> new VersionEntry(name, clock.instant()));
    }

    void remove(String name) {
        entries.remove(name);
    }

    Catalog catalog() {
        return new Catalog(serving());
    }

    List<BundleVersion> describe() {
        return entries.values().stream().map(VersionEntry::describe).toList();
    }

    /** Whether it is the last version of a required bundle, or of all where none is required. */
    boolean isNeeded(VersionEntry entry) {
        return entry.serving()
                .map(model -> model.id().bundle())
                .filter(bundle -> required.isEmpty() || required.contains(bundle))
                .filter(bundle -> entries.values().stream()
                        .filter(other -> other != entry)
                        .flatMap(other -> other.serving().stream())
                        .noneMatch(model ->
                                required.isEmpty() || model.id().bundle().equals(bundle)))
                .isPresent();
    }

    private Map<String, List<RewardModel>> serving() {
        Map<String, List<RewardModel>> serving = new TreeMap<>();
        for (VersionEntry entry : entries.values()) {
            entry.serving()
                    .ifPresent(model -> serving.computeIfAbsent(model.id().bundle(), _ -> new ArrayList<>())
                            .add(model));
        }
        serving.values().forEach(versions -> versions.sort(LATEST_FIRST));
        return serving;
    }
}
