package dev.winnow.service.loading;

import dev.winnow.service.loading.BundleVersion.Status;
import dev.winnow.service.pipeline.Catalog;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What is known of the bundles folder at one moment. Immutable, but for the calls that models count.
 *
 * @param loaded whether the folder has been gone through
 * @param ready whether every required bundle, or any one where none is required, has had a version that serves;
 *     once true it stays so, as what serves must not suffer from what does not
 * @param missing required bundles that have no version that serves
 * @param versions what was found in the folder
 * @param retired what has no files in the folder any more and calls in flight may still use
 */
public record BundlesState(
        boolean loaded,
        boolean ready,
        Catalog catalog,
        Set<String> missing,
        List<BundleVersion> versions,
        List<BundleVersion> retired) {
    /** Reason by folder of what was refused while nothing serves under its name. */
    public Map<String, String> refused() {
        Map<String, String> refused = new TreeMap<>();
        versions.stream()
                .filter(version -> version.status() == Status.REFUSED)
                .forEach(version -> refused.put(version.folder(), version.reason()));
        return refused;
    }

    /** What was found and what calls in flight still use, by folder. */
    public List<BundleVersion> all() {
        return Stream.concat(versions.stream(), retired.stream().filter(version -> !version.isFreed()))
                .sorted(Comparator.comparing(BundleVersion::folder))
                .toList();
    }
}
