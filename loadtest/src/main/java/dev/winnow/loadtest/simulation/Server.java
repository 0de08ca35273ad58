package dev.winnow.loadtest.simulation;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/** A replica from its start to its end: admission, queue and device. Not thread-safe. */
final class Server {
    private final Timeline timeline;
    private final Device device;
    private final Usage usage;
    private final Throughput throughput;
    private final Admission admission;
    private final RowQueue queue;
    private final Set<Row> present = new LinkedHashSet<>();
    private int idleLanes;
    private boolean isEnded;

    Server(Timeline timeline, Device device, long targetDelay, Usage usage) {
        this.timeline = timeline;
        this.device = device;
        this.usage = usage;
        this.throughput = new Throughput(device.lanes());
        this.admission = new Admission(throughput, targetDelay);
        this.queue = new RowQueue(device.tokenBudget());
        this.idleLanes = device.lanes();
    }

    int rows() {
        return present.size();
    }

    OptionalLong offer(List<Row> rows) {
        long deadline = rows.getFirst().deadline;
        long timeLeft = deadline == Admission.NO_DEADLINE ? deadline : deadline - timeline.now();
        OptionalLong refused = admission.admit(rows, timeLeft);
        if (refused.isEmpty()) {
            present.addAll(rows);
            rows.forEach(queue::add);
            startRuns();
        }
        return refused;
    }

    boolean offerInTurn(Row row, Runnable later) {
        present.add(row);
        boolean admitted = admission.admitInTurn(row, () -> {
            queue.add(row);
            later.run();
        });
        if (admitted) {
            queue.add(row);
            startRuns();
        }
        return admitted;
    }

    /** Loses all that is present. */
    void end() {
        isEnded = true;
        List.copyOf(present).forEach(row -> row.end(Row.Outcome.LOST));
    }

    private void startRuns() {
        while (idleLanes > 0) {
            List<Row> polled = queue.poll();
            if (polled.isEmpty()) {
                return;
            }
            List<Row> rows = new ArrayList<>(polled.size());
            for (Row row : polled) {
                if (row.deadline < timeline.now()) {
                    leave(row, Row.Outcome.EXPIRED);
                } else {
                    rows.add(row);
                }
            }
            if (!rows.isEmpty()) {
                start(rows);
            }
        }
    }

    /** Runs rows to their end: a run that nobody waits for any more is not stopped here, unlike in the service. */
    private void start(List<Row> rows) {
        idleLanes--;
        int width = 0;
        long tokens = 0;
        for (Row row : rows) {
            row.sample.startedAt = timeline.now();
            width = Math.max(width, row.tokens());
            tokens += row.tokens();
        }
        long nanos = device.nanos(rows.size(), width);
        long runTokens = tokens;
        usage.ran(timeline.now(), nanos, rows.size());
        timeline.after(nanos, () -> finish(rows, runTokens, nanos));
    }

    private void finish(List<Row> rows, long tokens, long nanos) {
        if (!isEnded) {
            throughput.ran(tokens, nanos);
            rows.forEach(row -> leave(row, Row.Outcome.ANSWERED));
            idleLanes++; // not before: what their streams read meanwhile runs together
            startRuns();
        }
    }

    private void leave(Row row, Row.Outcome outcome) {
        present.remove(row);
        admission.leave(row);
        row.end(outcome);
    }
}
