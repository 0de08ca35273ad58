package dev.winnow.loadtest.simulation;

import java.time.Duration;

/** What a replica runs rows with. */
public sealed interface Device {
    /** Runs at a time. */
    int lanes();

    /** Most padded tokens of a run: rows by the width of the longest. A row that is wider runs alone. */
    int tokenBudget();

    /**
     * Returns how long a run takes.
     *
     * @param rows at least 1
     * @param width tokens of the longest
     */
    long nanos(int rows, int width);

    /**
     * Cores that run rows alone.
     *
     * @param cores each runs one row at a time
     * @param edge what a core does for a sample beside its run: gRPC, tokenising, reading out
     */
    record Cores(int cores, RunTimes runTimes, Duration edge) implements Device {
        @Override
        public int lanes() {
            return cores;
        }

        @Override
        public int tokenBudget() {
            return 1;
        }

        @Override
        public long nanos(int rows, int width) {
            return rows * (runTimes.nanos(width) + edge.toNanos());
        }
    }

    /**
     * A GPU that runs batches of near lengths, one after the other.
     *
     * @param tokensPerSecond padded ones, while it runs
     * @param perBatch what a run takes beside its tokens
     */
    record Gpu(double tokensPerSecond, Duration perBatch, int tokenBudget) implements Device {
        @Override
        public int lanes() {
            return 1;
        }

        @Override
        public long nanos(int rows, int width) {
            return perBatch.toNanos() + Math.round((double) rows * width / tokensPerSecond * 1e9);
        }
    }

    /** The same device, whose runs take {@code factor} times as long. */
    record Slowed(Device device, double factor) implements Device {
        @Override
        public int lanes() {
            return device.lanes();
        }

        @Override
        public int tokenBudget() {
            return device.tokenBudget();
        }

        @Override
        public long nanos(int rows, int width) {
            return Math.round(device.nanos(rows, width) * factor);
        }
    }
}
