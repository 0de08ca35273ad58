package dev.winnow.ppo.report.page;

import dev.winnow.ppo.report.folder.SampleGeneration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The first and the last responses to the same prompts.
 *
 * @param names the rewards, the combined one last
 * @param prompts those that are shown
 * @param left how many prompts more there are
 */
record SamplePairs(List<String> names, List<Pair> prompts, int left) {
    /** More would make the page slow to open. */
    static final int SHOWN = 40;

    /**
     * A prompt and its responses.
     *
     * @param responses the first, and the last where there are two
     */
    record Pair(List<VisibleText.Piece> prompt, List<SampleView> responses) {}

    static SamplePairs of(List<SampleGeneration> samples) {
        NavigableMap<Long, List<SampleGeneration>> steps = samples.stream()
                .collect(Collectors.groupingBy(SampleGeneration::step, TreeMap::new, Collectors.toList()));
        if (steps.isEmpty()) {
            return new SamplePairs(List.of(), List.of(), 0);
        }
        List<SampleGeneration> first = steps.firstEntry().getValue();
        // A step that is being written, or was when the run was killed, lacks some.
        List<SampleGeneration> last = steps.tailMap(steps.firstKey(), false).descendingMap().values().stream()
                .filter(each -> each.size() >= first.size())
                .findFirst()
                .orElse(List.of());
        List<String> names = names(first, last);
        Map<String, Deque<SampleGeneration>> after = new HashMap<>();
        last.forEach(sample ->
                after.computeIfAbsent(sample.prompt(), _ -> new ArrayDeque<>()).add(sample));
        List<Pair> pairs = new ArrayList<>();
        for (SampleGeneration before : first.subList(0, Math.min(first.size(), SHOWN))) {
            Deque<SampleGeneration> found = after.getOrDefault(before.prompt(), new ArrayDeque<>());
            Stream<SampleGeneration> both = Stream.concat(Stream.of(before), Stream.ofNullable(found.poll()));
            pairs.add(new Pair(
                    VisibleText.of(before.prompt()),
                    both.map(sample -> SampleView.of(sample, names)).toList()));
        }
        return new SamplePairs(names, List.copyOf(pairs), first.size() - pairs.size());
    }

    private static List<String> names(List<SampleGeneration> first, List<SampleGeneration> last) {
        Stream<String> rewards = Stream.concat(first.stream(), last.stream())
                .flatMap(sample -> sample.rewards().keySet().stream())
                .distinct();
        return Stream.concat(rewards, Stream.of(SampleView.COMBINED)).toList();
    }
}
