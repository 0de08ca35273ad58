package dev.winnow.service.batch;

import dev.winnow.service.model.ModelRunner;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Rows that wait, in their callers' turns, and by model and width for those who would run with them. Not thread-safe. */
final class RowQueue {
    private final BatchPolicy policy;
    private final FairQueue<Job> turns = new FairQueue<>();
    private final Map<ModelRunner, TreeMap<Integer, LinkedHashSet<Job>>> waiting = new HashMap<>();

    RowQueue(BatchPolicy policy) {
        this.policy = policy;
    }

    int size() {
        return turns.size();
    }

    void add(Job job) {
        turns.add(job.caller, job.width(), job);
        waiting.computeIfAbsent(job.runner(), _ -> new TreeMap<>())
                .computeIfAbsent(job.width(), _ -> new LinkedHashSet<>())
                .add(job);
    }

    void drop(Job job) {
        turns.drop(job.caller, job);
        removeWaiting(job);
    }

    /** Takes the rows that run now, all of one model; none if nothing waits. */
    List<Job> poll() {
        Job head = turns.peek();
        if (head == null) {
            return List.of();
        }
        removeWaiting(head);
        BatchPolicy own = head.runner().runsAlone() ? BatchPolicy.ALONE : policy;
        List<Job> batch = own.batch(head, waiting.getOrDefault(head.runner(), new TreeMap<>()));
        batch.forEach(job -> {
            turns.take(job.caller, job);
            removeWaiting(job);
        });
        return batch;
    }

    private void removeWaiting(Job job) {
        waiting.computeIfPresent(job.runner(), (_, widths) -> {
            widths.computeIfPresent(job.width(), (_, jobs) -> jobs.remove(job) && jobs.isEmpty() ? null : jobs);
            return widths.isEmpty() ? null : widths;
        });
    }
}
