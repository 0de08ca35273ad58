package dev.winnow.service.batch;

import dev.winnow.service.domain.Throughput;
import dev.winnow.service.domain.Timer;
import dev.winnow.service.domain.WorkEvents;
import java.time.Duration;
import java.util.function.LongSupplier;

/** Schedulers with what a test does not look at. */
final class TestingSchedulers {
    static final Duration MAXIMUM_RUN_TIME = Duration.ofMinutes(1);

    private TestingSchedulers() {}

    static RowScheduler of(int workers, BatchPolicy policy, Timer timer, LongSupplier clock, WorkEvents events) {
        return new RowScheduler(
                new RowScheduler.Settings(workers, policy, MAXIMUM_RUN_TIME),
                timer,
                clock,
                new Throughput(workers),
                events);
    }
}
