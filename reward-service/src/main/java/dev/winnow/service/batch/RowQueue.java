package dev.winnow.service.batch;

import dev.winnow.service.domain.Caller;
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
    private int size;

    RowQueue(BatchPolicy policy) {
        this.policy = policy;
    }

    int size() {
        return size;
    }

    void add(Job job, Caller caller) {
        join(job, caller);
        size++;
        waiting.computeIfAbsent(job.runner(), _ -> new TreeMap<>())
                .computeIfAbsent(job.width(), _ -> new LinkedHashSet<>())
                .add(job);
    }

    /** Another caller wants the row as well: it runs when the first of them has its turn. */
    void join(Job job, Caller caller) {
        if (job.places.add(caller)) {
            turns.add(caller, job.width(), job);
        }
    }

    /** A caller does not want the row any more, which others may. */
    void leave(Job job, Caller caller) {
        if (job.places.remove(caller)) {
            turns.drop(caller, job);
        }
    }

    /** Nobody wants the row any more. */
    void drop(Job job) {
        List.copyOf(job.places).forEach(caller -> leave(job, caller));
        removeWaiting(job);
    }

    /** Takes the rows that run now, all of one model; none if nothing waits. */
    List<Job> poll() {
        FairQueue.Turn<Job> turn = turns.next();
        if (turn == null) {
            return List.of();
        }
        Job head = turn.item();
        turns.take(turn);
        head.places.remove(turn.caller());
        drop(head);
        BatchPolicy own = head.runner().runsAlone() ? BatchPolicy.ALONE : policy;
        List<Job> batch = own.batch(head, waiting.getOrDefault(head.runner(), new TreeMap<>()));
        batch.stream().skip(1).forEach(job -> {
            Caller charged = job.places.getFirst();
            turns.takeAlong(charged, job);
            job.places.remove(charged);
            drop(job);
        });
        return batch;
    }

    private void removeWaiting(Job job) {
        size--;
        waiting.computeIfPresent(job.runner(), (_, widths) -> {
            widths.computeIfPresent(job.width(), (_, jobs) -> jobs.remove(job) && jobs.isEmpty() ? null : jobs);
            return widths.isEmpty() ? null : widths;
        });
    }
}
