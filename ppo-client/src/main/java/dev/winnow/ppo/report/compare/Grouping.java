package dev.winnow.ppo.report.compare;

import dev.winnow.ppo.report.folder.RecordedRun;
import dev.winnow.ppo.report.folder.RunFileException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Which runs belong together. Groups are in the order of their first runs. */
public interface Grouping {
    /** Keys in which runs of a group differ. */
    Pattern CHANCE = Pattern.compile("seed|(service|checkpoint)\\..+");

    /** Returns the name of a run's group among all runs. */
    String groupOf(RecordedRun run, List<RecordedRun> all) throws RunFileException;

    /**
     * Runs with the same settings are one group, named by the settings in which groups differ.
     *
     * @param ignored keys that do not count, beside the seed and those that decide no number of the run: of the service's
     *     address and checkpoints
     */
    static Grouping bySettings(List<String> ignored) {
        Predicate<String> counts = key -> !CHANCE.matcher(key).matches() && !ignored.contains(key);
        return (run, all) -> {
            SequencedSet<String> keys = new LinkedHashSet<>();
            all.forEach(each -> keys.addAll(each.configuration().values().keySet()));
            String name = keys.stream()
                    .filter(counts)
                    .filter(key -> all.stream()
                                    .map(each -> setting(each, key))
                                    .distinct()
                                    .count()
                            > 1)
                    .map(key -> key + "=" + setting(run, key))
                    .collect(Collectors.joining(", "));
            return name.isEmpty() ? "all" : name;
        };
    }

    /** Runs of whose folders' names the same part matches are one group: the pattern's first group, or all it matches. */
    static Grouping byFolder(Pattern pattern) {
        return (run, all) -> {
            Matcher matcher = pattern.matcher(run.name());
            if (!matcher.find()) {
                throw new RunFileException(
                        run.path(), "name that does not match", "one that matches '%s'".formatted(pattern));
            }
            return Objects.requireNonNullElse(matcher.group(Math.min(1, matcher.groupCount())), "");
        };
    }

    /** Runs with the same value of a setting are one group. */
    static Grouping bySetting(String key) {
        return (run, all) -> {
            String value = run.configuration().values().get(key);
            if (value == null) {
                throw new RunFileException(
                        run.path().resolve("run.yaml"),
                        "no " + key,
                        "one of " + run.configuration().values().keySet());
            }
            return key + "=" + value;
        };
    }

    /** Returns the groups of some runs. */
    default List<RunGroup> group(List<RecordedRun> runs) throws RunFileException {
        SequencedMap<String, List<RecordedRun>> groups = new LinkedHashMap<>();
        for (RecordedRun run : runs) {
            groups.computeIfAbsent(groupOf(run, runs), _ -> new ArrayList<>()).add(run);
        }
        return groups.entrySet().stream()
                .map(group -> new RunGroup(group.getKey(), group.getValue()))
                .toList();
    }

    private static String setting(RecordedRun run, String key) {
        return run.configuration().values().getOrDefault(key, "");
    }
}
