package dev.winnow.service.admission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.winnow.service.domain.Call;
import dev.winnow.service.domain.TestingCalls;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class CancelledWaiterTest {
    private static final Call CALL = TestingCalls.by("caller");

    private final Admission admission = new Admission(TestingLimits.most(10));

    @Test
    void cancelledWaiterDoesNotKeepCallsOut() {
        admission.acquireInTurn(CALL.caller(), 8).join();
        assertThat(admission.acquireInTurn(CALL.caller(), 9).cancel(false)).isTrue();
        assertThat(admission.acquire(CALL, List.of(1))).hasSize(1);
    }

    @Test
    void cancelledWaiterDoesNotKeepAnotherWaiting() {
        Permit running = admission.acquireInTurn(CALL.caller(), 8).join();
        CompletableFuture<Permit> large = admission.acquireInTurn(CALL.caller(), 9);
        CompletableFuture<Permit> small = admission.acquireInTurn(CALL.caller(), 1);
        assertThat(large.cancel(false)).isTrue();
        running.resizeTo(7);
        assertThat(small).isCompleted();
        assertThat(admission.bytesInFlight()).isEqualTo(9);
    }

    @Test
    void manyCancelledWaitersAreNoProblem() {
        Permit running = admission.acquireInTurn(CALL.caller(), 10).join();
        List<CompletableFuture<Permit>> waiting = new ArrayList<>();
        for (int index = 0; index < 20_000; index++) {
            waiting.add(admission.acquireInTurn(CALL.caller(), 10));
        }
        waiting.forEach(future -> future.cancel(false));
        running.close();
        assertThat(admission.bytesInFlight()).isZero();
    }
}
