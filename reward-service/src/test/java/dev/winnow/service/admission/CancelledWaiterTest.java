package dev.winnow.service.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class CancelledWaiterTest {
    private final Admission admission = new Admission(10, Duration.ofMillis(70));

    @Test
    void cancelledWaiterDoesNotKeepCallsOut() {
        admission.acquireInTurn(8).join();
        assertThat(admission.acquireInTurn(9).cancel(false)).isTrue();
        assertThat(admission.acquire(List.of(1))).hasSize(1);
    }

    @Test
    void cancelledWaiterDoesNotKeepAnotherWaiting() {
        Permit running = admission.acquireInTurn(8).join();
        CompletableFuture<Permit> large = admission.acquireInTurn(9);
        CompletableFuture<Permit> small = admission.acquireInTurn(1);
        assertThat(large.cancel(false)).isTrue();
        running.shrinkTo(7);
        assertThat(small).isCompleted();
        assertThat(admission.inFlight()).isEqualTo(8);
    }

    @Test
    void manyCancelledWaitersAreNoProblem() {
        Permit running = admission.acquireInTurn(10).join();
        List<CompletableFuture<Permit>> waiting = new ArrayList<>();
        for (int index = 0; index < 20_000; index++) {
            waiting.add(admission.acquireInTurn(10));
        }
        waiting.forEach(future -> future.cancel(false));
        running.close();
        assertThat(admission.inFlight()).isZero();
    }
}
