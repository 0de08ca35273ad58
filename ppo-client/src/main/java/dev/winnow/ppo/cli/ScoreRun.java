package dev.winnow.ppo.cli;

import dev.winnow.ppo.reward.Scorer;
import dev.winnow.v1.Sample;
import dev.winnow.v1.SampleResult;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * Scores the lines of an input and writes one result for each, in the same order. One thread reads ahead while another
 * writes; a queue of bounded length between them holds what is being scored, so that memory does not grow with the
 * input.
 */
final class ScoreRun {
    private final SampleLines input;
    private final Scorer scorer;
    private final int linesTogether;
    private final BlockingQueue<CompletableFuture<List<SampleResult>>> ahead;

    /**
     * Creates a run.
     *
     * @param linesTogether how many lines are handed to the scorer at a time
     * @param inFlight how many such portions are under way at a time, at least 3
     */
    ScoreRun(SampleLines input, Scorer scorer, int linesTogether, int inFlight) {
        this.input = input;
        this.scorer = scorer;
        this.linesTogether = linesTogether;
        // Two more are outside the queue: the one being waited for, and the one waiting for a place.
        this.ahead = new ArrayBlockingQueue<>(inFlight - 2);
    }

    /**
     * Scores everything.
     *
     * @throws IOException what reading or writing throws
     */
    void writeTo(ResultWriter output) throws IOException, InterruptedException {
        // A daemon: where writing fails, a read that blocks must not keep the process alive.
        Thread reader = Thread.ofPlatform().daemon().name("reader").start(this::readAll);
        try {
            List<SampleResult> results = ahead.take().get();
            while (!results.isEmpty()) {
                output.write(results);
                if (ahead.isEmpty()) {
                    output.flush(); // who reads the other end of a pipe need not wait for the next lines
                }
                results = ahead.take().get();
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            throw new IllegalStateException(e);
        } finally {
            reader.interrupt();
        }
    }

    /** Reads until the end of the input, which an empty list of results says, or a failure. */
    private void readAll() {
        try {
            CompletableFuture<List<SampleResult>> end = CompletableFuture.completedFuture(List.of());
            try {
                for (List<SampleLine> lines = input.next(linesTogether);
                        !lines.isEmpty();
                        lines = input.next(linesTogether)) {
                    ahead.put(score(lines));
                }
            } catch (InterruptedException e) {
                throw e;
            } catch (Throwable e) { // an Error too: without an end the writer would wait for ever
                end = CompletableFuture.failedFuture(e);
            }
            ahead.put(end);
        } catch (InterruptedException e) {
            // The writer has failed and takes no more.
        }
    }

    private CompletableFuture<List<SampleResult>> score(List<SampleLine> lines) {
        List<Sample> samples = lines.stream()
                .filter(SampleLine.Good.class::isInstance)
                .map(line -> ((SampleLine.Good) line).sample())
                .toList();
        return scorer.score(samples).thenApply(results -> {
            Iterator<SampleResult> next = results.iterator();
            return lines.stream()
                    .map(line -> switch (line) {
                        case SampleLine.Good ignored -> next.next();
                        case SampleLine.Bad(SampleResult error) -> error;
                    })
                    .toList();
        });
    }
}
