package dev.winnow.service.pipeline;

import static dev.winnow.service.domain.TestingFailures.failureOf;
import static dev.winnow.service.pipeline.TestingModels.request;
import static dev.winnow.service.pipeline.TestingModels.version;
import static org.assertj.core.api.Assertions.assertThat;

import dev.winnow.service.admission.Admission;
import dev.winnow.service.admission.TestingLimits;
import dev.winnow.service.batch.TestingWorkers;
import dev.winnow.service.domain.Call;
import dev.winnow.service.domain.Failure;
import dev.winnow.service.domain.Lifetime;
import dev.winnow.service.domain.TestingCalls;
import dev.winnow.service.domain.TestingClock;
import dev.winnow.service.domain.TestingTimer;
import dev.winnow.service.domain.WorkEvents;
import dev.winnow.service.model.TestingModelRunner;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A model is freed when it was closed and the last call that resolved it is over. */
class LeaseTest {
    private static final Failure OVER = new Failure.Cancelled("over");

    private final TestingModelRunner olderRunner = TestingModels.echo();
    private final RewardModel older = TestingModels.of("tiny", "1", olderRunner);
    private final RewardModel newer = TestingModels.of("tiny", "2", TestingModels.echo());
    private final Deque<Catalog> catalogs = new ArrayDeque<>(List.of(TestingModels.catalog(newer, older)));
    private final List<Lifetime> calls = new ArrayList<>();
    private final RewardPipeline pipeline = new RewardPipeline(
            () -> catalogs.size() > 1 ? catalogs.remove() : catalogs.element(),
            new Admission(TestingLimits.most(250)),
            TestingWorkers.direct(),
            new SampleScorer(RowRunner.DIRECT),
            new TestingTimer(),
            new TestingClock(),
            WorkEvents.NONE);

    @Test
    void modelOutlivesItsUnloadingUntilTheLastCallIsOver() {
        pipeline.resolve(List.of(version("quality", "1")), call());
        pipeline.resolve(List.of(version("quality", "1"), version("fluency", "1")), call());
        assertThat(older.callsInFlight()).isEqualTo(2);
        older.close();
        calls.getFirst().end(OVER);
        assertThat(older.isFreed()).isFalse();
        assertThat(olderRunner.isClosed()).isFalse();
        calls.getLast().end(OVER);
        assertThat(older.isFreed()).isTrue();
        assertThat(olderRunner.isClosed()).isTrue();
    }

    @Test
    void callThatEndsTwiceGivesItsModelBackOnce() {
        pipeline.resolve(List.of(request("quality")), call());
        pipeline.resolve(List.of(request("quality")), call());
        calls.getFirst().end(OVER);
        calls.getFirst().end(OVER);
        assertThat(newer.callsInFlight()).isEqualTo(1);
    }

    @Test
    void callKeepsEveryVersionThatItAsksFor() {
        pipeline.resolve(List.of(version("quality", "1"), request("quality")), call());
        assertThat(older.callsInFlight()).isEqualTo(1);
        assertThat(newer.callsInFlight()).isEqualTo(1);
    }

    @Test
    void refusedCallKeepsNothing() {
        assertThat(failureOf(() -> pipeline.resolve(List.of(request("quality"), version("quality", "3")), call())))
                .isInstanceOf(Failure.NotFound.class);
        assertThat(newer.callsInFlight()).isZero();
    }

    @Test
    void noCallBeginsWithAModelThatWasClosed() {
        pipeline.resolve(List.of(request("quality")), call());
        newer.close();
        catalogs.add(TestingModels.catalog(older));
        pipeline.resolve(List.of(request("quality")), call());
        assertThat(newer.callsInFlight()).isEqualTo(1);
        assertThat(older.callsInFlight()).isEqualTo(1);
    }

    @Test
    void modelFreedBetweenCatalogAndLeaseIsResolvedAnew() {
        newer.close();
        catalogs.add(TestingModels.catalog(older));
        assertThat(pipeline.resolve(List.of(request("quality")), call()).models())
                .isEqualTo(Set.of(older));
    }

    @Test
    void leaseOfAFreedModelKeepsNoOther() {
        older.close();
        assertThat(Lease.of(Set.of(newer, older))).isEmpty();
        assertThat(newer.callsInFlight()).isZero();
    }

    private Call call() {
        calls.add(new Lifetime());
        return TestingCalls.with(calls.getLast());
    }
}
