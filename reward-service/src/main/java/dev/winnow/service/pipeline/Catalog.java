package dev.winnow.service.pipeline;

import dev.winnow.service.domain.Failure;
import dev.winnow.service.domain.FailureException;
import dev.winnow.service.domain.RewardRequest;
import dev.winnow.service.model.RewardSpecification;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Every reward that can be asked for, at one moment. Immutable.
 *
 * @param bundles by name, the versions that serve, latest first; no list is empty
 */
public record Catalog(Map<String, List<RewardModel>> bundles) {
    public static final Catalog EMPTY = new Catalog(Map.of());

    public Catalog {
        TreeMap<String, List<RewardModel>> sorted = new TreeMap<>();
        bundles.forEach((name, versions) -> sorted.put(name, List.copyOf(versions)));
        bundles = sorted;
    }

    /**
     * Finds what a caller asks for.
     *
     * @throws FailureException naming the first request that cannot be met, and what could be
     */
    public Selection resolve(List<RewardRequest> requests) {
        if (bundles.isEmpty()) {
            throw new FailureException(
                    new Failure.Unavailable("rewards: no reward model is loaded (expected: at least one)"));
        }
        if (requests.isEmpty()) {
            throw FailureException.invalidArgument("rewards: empty (expected: at least one of %s)", qualifiedNames());
        }
        List<Selection.Reward> rewards = requests.stream().map(this::resolve).toList();
        Set<String> seen = new HashSet<>();
        for (Selection.Reward reward : rewards) {
            if (!seen.add(reward.label() + reward.model().id().version())) {
                throw FailureException.invalidArgument(
                        "rewards: %s twice (expected: each reward, density and version once)", reward.label());
            }
        }
        return new Selection(rewards);
    }

    private Selection.Reward resolve(RewardRequest request) {
        request.weight().ifPresent(weight -> requireFinite(request, weight));
        RewardModel model = findVersion(request, findBundle(request.name()));
        String name = request.name().substring(request.name().indexOf('/') + 1);
        RewardSpecification reward = model.manifest().rewards().get(name);
        if (reward == null) {
            throw notFound("reward: %s in version %s of its bundle (expected: one of %s)"
                    .formatted(
                            request.name(),
                            model.id().version(),
                            model.manifest().rewards().keySet()));
        }
        var density = request.density().orElse(reward.defaultDensity());
        if (!reward.readOuts().containsKey(density)) {
            throw notFound("density: %s of %s (expected: one of %s)"
                    .formatted(density, request.name(), reward.readOuts().keySet()));
        }
        return new Selection.Reward(model, reward, density, request.weight(), request.rawValues());
    }

    /** The versions of the one bundle that has the reward. */
    private List<RewardModel> findBundle(String name) {
        if (name.isBlank()) {
            throw FailureException.invalidArgument("reward: blank name (expected: one of %s)", qualifiedNames());
        }
        Set<String> matches = new TreeSet<>(qualifiedNames());
        matches.removeIf(qualified -> !qualified.equals(name) && !qualified.endsWith("/" + name));
        if (matches.isEmpty()) {
            throw notFound("reward: %s (expected: one of %s)".formatted(name, qualifiedNames()));
        }
        if (matches.size() > 1) {
            throw FailureException.invalidArgument("reward: %s fits several (expected: one of %s)", name, matches);
        }
        String bundle = matches.iterator().next();
        return versions(bundle.substring(0, bundle.indexOf('/')));
    }

    private static RewardModel findVersion(RewardRequest request, List<RewardModel> versions) {
        if (request.version().isEmpty()) {
            return versions.getFirst();
        }
        String wanted = request.version().get();
        return versions.stream()
                .filter(model -> model.id().version().equals(wanted)
                        || model.id().digest().equals(wanted))
                .findFirst()
                .orElseThrow(() -> notFound("version: %s of %s (expected: one of %s)"
                        .formatted(
                                wanted,
                                request.name(),
                                versions.stream()
                                        .map(model -> model.id().version() + " = "
                                                + model.id().digest())
                                        .toList())));
    }

    private List<RewardModel> versions(String bundle) {
        return bundles.getOrDefault(bundle, List.of());
    }

    /** {@code BUNDLE/NAME} of every reward of every version. */
    public Set<String> qualifiedNames() {
        Set<String> names = new TreeSet<>();
        bundles.forEach((bundle, versions) -> versions.forEach(
                model -> model.manifest().rewards().keySet().forEach(reward -> names.add(bundle + "/" + reward))));
        return names;
    }

    private static void requireFinite(RewardRequest request, float weight) {
        if (!Float.isFinite(weight)) {
            throw FailureException.invalidArgument(
                    "weight: %s of %s (expected: a finite number)", weight, request.name());
        }
    }

    private static FailureException notFound(String message) {
        return new FailureException(new Failure.NotFound(message));
    }
}
