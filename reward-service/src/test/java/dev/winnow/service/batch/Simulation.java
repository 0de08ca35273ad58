package dev.winnow.service.batch;

import dev.winnow.service.domain.Caller;
import dev.winnow.service.model.ModelRunner;
import dev.winnow.service.model.TestingModelRunner;
import dev.winnow.service.model.TokenRow;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToLongFunction;

/** One device that works off rows as they come, on a clock of its own: the queue and the policy without any thread. */
final class Simulation {
    private static final ModelRunner MODEL = new TestingModelRunner(row -> {
        throw new IllegalStateException("a simulated row does not run");
    });

    private final RowQueue queue;
    private final ToLongFunction<List<Job>> runTime;
    private final List<Started> started = new ArrayList<>();
    private long busy;

    /** A row that comes at a time of the clock. */
    record Arrival(long at, Caller caller, int width) {}

    /**
     * A row that was run.
     *
     * @param ahead rows that waited when it came
     * @param batch number of the batch that it ran in
     * @param batchesAtArrival batches that had been started when it came
     */
    record Started(Job job, Caller caller, long at, int ahead, int batch, int batchesAtArrival) {
        long waited() {
            return at - job.queuedAt;
        }
    }

    Simulation(BatchPolicy policy, ToLongFunction<List<Job>> runTime) {
        this.queue = new RowQueue(policy);
        this.runTime = runTime;
    }

    /** Runs until all rows are done; in the order in which they were started. */
    List<Started> run(List<Arrival> arrivals) {
        Deque<Arrival> coming = new ArrayDeque<>(arrivals);
        List<Job> known = new ArrayList<>();
        Map<Job, Caller> callers = new HashMap<>();
        List<int[]> seen = new ArrayList<>();
        long now = 0;
        int batches = 0;
        while (!coming.isEmpty() || queue.size() > 0) {
            if (queue.size() == 0) {
                now = Math.max(now, coming.element().at());
            }
            while (!coming.isEmpty() && coming.element().at() <= now) {
                Arrival arrival = coming.remove();
                List<Integer> zeros = Collections.nCopies(arrival.width(), 0);
                Job job = new Job(new Job.Key(MODEL, new TokenRow(zeros, zeros)), arrival.at());
                seen.add(new int[] {queue.size(), batches});
                known.add(job);
                callers.put(job, arrival.caller());
                queue.add(job, arrival.caller());
            }
            List<Job> batch = queue.poll();
            for (Job job : batch) {
                int[] atArrival = seen.get(known.indexOf(job));
                started.add(new Started(
                        job, Objects.requireNonNull(callers.get(job)), now, atArrival[0], batches, atArrival[1]));
            }
            long time = runTime.applyAsLong(batch);
            busy += time;
            now += time;
            batches++;
        }
        return started;
    }

    /** Time for which the device ran. */
    long busy() {
        return busy;
    }
}
