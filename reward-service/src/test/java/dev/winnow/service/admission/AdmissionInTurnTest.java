package dev.winnow.service.admission;

import static dev.winnow.service.domain.TestingFailures.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.winnow.service.domain.Call;
import dev.winnow.service.domain.Failure;
import dev.winnow.service.domain.TestingCalls;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class AdmissionInTurnTest {
    private static final Call CALL = TestingCalls.by("caller");

    private final Admission admission = new Admission(TestingLimits.most(10));

    @Test
    void isAdmittedAtOnceWhileThereIsRoom() {
        assertThat(admission.acquireInTurn(CALL.caller(), 10)).isCompleted();
        assertThat(admission.acquireInTurn(CALL.caller(), 1)).isNotDone();
        assertThat(admission.bytesInFlight()).isEqualTo(10);
    }

    @Test
    void waitersGoInTheOrderOfAsking() {
        Permit running = admission.acquireInTurn(CALL.caller(), 10).join();
        List<String> order = new ArrayList<>();
        CompletableFuture<Permit> first = admission.acquireInTurn(CALL.caller(), 10);
        CompletableFuture<Permit> second = admission.acquireInTurn(CALL.caller(), 10);
        var firstNoted = first.thenAccept(permit -> order.add("first"));
        var secondNoted = second.thenAccept(permit -> order.add("second"));
        running.close();
        assertThat(order).containsExactly("first");
        first.join().close();
        assertThat(order).containsExactly("first", "second");
        assertThat(firstNoted).isCompleted();
        assertThat(secondNoted).isCompleted();
    }

    @Test
    void smallWaiterDoesNotOvertakeALargeOne() {
        Permit running = admission.acquireInTurn(CALL.caller(), 8).join();
        CompletableFuture<Permit> large = admission.acquireInTurn(CALL.caller(), 9);
        CompletableFuture<Permit> small = admission.acquireInTurn(CALL.caller(), 1);
        assertThat(small).isNotDone();
        running.close();
        assertThat(large).isCompleted();
        assertThat(small).isCompleted();
    }

    @Test
    void callDoesNotOvertakeAWaiter() {
        admission.acquireInTurn(CALL.caller(), 8).join();
        assertThat(admission.acquireInTurn(CALL.caller(), 9)).isNotDone();
        assertThat(failureOf(() -> admission.acquire(CALL, List.of(1)))).isInstanceOf(Failure.Overloaded.class);
    }

    @Test
    void oversizedWaiterRunsAlone() {
        Permit running = admission.acquireInTurn(CALL.caller(), 1).join();
        CompletableFuture<Permit> oversized = admission.acquireInTurn(CALL.caller(), 15);
        CompletableFuture<Permit> after = admission.acquireInTurn(CALL.caller(), 1);
        running.close();
        assertThat(oversized).isCompleted();
        assertThat(after).isNotDone();
        oversized.join().close();
        assertThat(after).isCompleted();
        assertThat(admission.bytesInFlight()).isEqualTo(1);
    }

    @Test
    void noMoreThanTwiceTheBytesInFlightWait() {
        Permit running = admission.acquireInTurn(CALL.caller(), 10).join();
        CompletableFuture<Permit> first = admission.acquireInTurn(CALL.caller(), 12);
        CompletableFuture<Permit> second =
                admission.acquireInTurn(TestingCalls.by("other").caller(), 8);
        assertThat(admission.acquireInTurn(CALL.caller(), 1))
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .withMessageContaining(
                        "waiting for room: 20 bytes of streams, and 1 more (expected: at most 20 in all)");
        assertThat(second.cancel(false)).isTrue();
        CompletableFuture<Permit> third = admission.acquireInTurn(CALL.caller(), 8);
        running.close();
        first.join().close();
        assertThat(third).isCompleted();
    }

    @Test
    void cancelledWaiterGivesItsRoomToTheNext() {
        Permit running = admission.acquireInTurn(CALL.caller(), 10).join();
        CompletableFuture<Permit> cancelled = admission.acquireInTurn(CALL.caller(), 10);
        CompletableFuture<Permit> next = admission.acquireInTurn(CALL.caller(), 10);
        assertThat(cancelled.cancel(false)).isTrue();
        running.close();
        assertThat(next).isCompleted();
        assertThat(admission.bytesInFlight()).isEqualTo(10);
        next.join().close();
        assertThat(admission.bytesInFlight()).isZero();
    }
}
